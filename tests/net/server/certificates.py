"""A certificate authority for one run, and two servers' certificates that it signs."""

import os
import ssl
import subprocess


def openssl(*arguments):
    done = subprocess.run(("openssl",) + arguments, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"openssl {arguments[0]}: {done.stderr.strip()}")


def authority(folder):
    key, certificate = os.path.join(folder, "ca.key"), os.path.join(folder, "ca.pem")
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=khabar test CA",
            "-addext", "basicConstraints=critical,CA:TRUE")
    return key, certificate


def signed(folder, name, names, ca_key, ca):
    key, request, certificate, extension = (
        os.path.join(folder, name + end) for end in (".key", ".csr", ".pem", ".ext"))
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key, "-out", request, "-subj", "/CN=" + name)
    with open(extension, "w", encoding="ascii") as file:
        file.write("subjectAltName=" + ",".join(names) + "\n")
    openssl("x509", "-req", "-in", request, "-CA", ca, "-CAkey", ca_key, "-CAcreateserial",
            "-out", certificate, "-days", "2", "-extfile", extension)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def make(folder, addresses):
    """Contexts for these addresses and for another name."""
    os.makedirs(folder, exist_ok=True)
    key, ca = authority(folder)
    right = ["IP:" + address for address in addresses] + ["DNS:localhost"]
    return [signed(folder, "right", right, key, ca),
            signed(folder, "wrong", ["DNS:elsewhere.example"], key, ca)]
