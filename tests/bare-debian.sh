#!/bin/sh
# Proves ./bootstrap on a bare Debian: makes a system with debootstrap, with
# nothing but git and ca-certificates added to its smallest set of packages,
# clones this tree into it, and times what a newcomer would type.
#
# Needs root, debootstrap and a Debian mirror; not part of the check.
set -eu

help() {
	cat <<'END'
Usage: tests/bare-debian.sh [--check] [--worktree] [--keep] [--suite NAME] [--mirror URL]

  --check       runs ./bootstrap check as well
  --worktree    takes the files as they lie here, not the last commit
  --keep        leaves the system where it is and says where
  --suite NAME  of Debian (bookworm)
  --mirror URL  where packages come from (the first one that this machine's own
                apt takes packages of that suite from)
END
}

say() {
	printf 'bare-debian: %s\n' "$*" >&2
}

stop() {
	status=$1
	shift
	say "$*"
	exit "$status"
}

suite=bookworm
mirror=
check=
worktree=
keep=
while [ $# -gt 0 ]; do
	case $1 in
	--check) check=yes ;;
	--worktree) worktree=yes ;;
	--keep) keep=yes ;;
	--suite | --mirror)
		[ $# -ge 2 ] || stop 64 "$1: its value is missing"
		if [ "$1" = --suite ]; then suite=$2; else mirror=$2; fi
		shift
		;;
	-h | --help)
		help
		exit
		;;
	*) stop 64 "$1: no such option: --help lists them" ;;
	esac
	shift
done

[ "$(id -u)" -eq 0 ] || stop 77 "only root can make a system to change into: use sudo"
for tool in debootstrap unshare git; do
	command -v "$tool" >/dev/null || stop 69 "$tool is missing: install it"
done

# In a mount namespace of our own nothing stays mounted, whatever happens.
if [ -z "${BARE_DEBIAN_INSIDE-}" ]; then
	BARE_DEBIAN_INSIDE=yes
	export BARE_DEBIAN_INSIDE
	exec unshare --mount --propagation private "$0" ${check:+--check} \
		${worktree:+--worktree} ${keep:+--keep} --suite "$suite" ${mirror:+--mirror "$mirror"}
fi

if [ -z "$mirror" ]; then
	# shellcheck disable=SC2016 # apt's own variables
	mirror=$(apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' \
		'Identifier: Packages' | awk -v suite="$suite" '
			$1 == suite && $2 == "main" { print $3; exit }')
	[ -n "$mirror" ] || stop 69 "apt here knows no mirror of $suite: give one with --mirror"
fi
proxy=$(apt-config dump --format '%v' Acquire::http::Proxy 2>/dev/null || :)

tree=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d "${TMPDIR:-/tmp}/bare-debian.XXXXXX")
chmod 755 "$root" # it is the / of users who are not root

finish() {
	umount "$root/dev/pts" "$root/dev" "$root/proc" 2>/dev/null || :
	if [ -n "$keep" ]; then
		say "the system is in $root"
	elif ! mountpoint -q "$root/dev" && ! mountpoint -q "$root/proc"; then
		rm -rf --one-file-system "$root"
	fi
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# timed WHAT COMMAND...
timed() {
	what=$1
	shift
	begin=$(date +%s.%N)
	status=0
	"$@" || status=$?
	end=$(date +%s.%N)
	say "$what: $(awk -v a="$begin" -v b="$end" 'BEGIN { printf "%.2f", b - a }') s, status $status"
	return "$status"
}

make_system() {
	http_proxy=$proxy debootstrap --variant=minbase --include=git,ca-certificates \
		"$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
		tail -n 20 "$root.log" >&2
		rm -f "$root.log"
		stop 69 "debootstrap failed"
	}
	rm -f "$root.log"
	[ -z "$proxy" ] || printf 'Acquire::http::Proxy "%s";\n' "$proxy" >"$root/etc/apt/apt.conf.d/proxy"
	[ ! -e /etc/resolv.conf ] || cp -L /etc/resolv.conf "$root/etc/resolv.conf"
	mount -t proc proc "$root/proc"
	mount -t tmpfs -o mode=755 tmpfs "$root/dev"
	mkdir "$root/dev/pts"
	mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
	for device in null zero full random urandom tty; do
		cp -a "/dev/$device" "$root/dev/$device"
	done
	ln -s pts/ptmx "$root/dev/ptmx"
	ln -s /proc/self/fd "$root/dev/fd"
}

copy_tree() {
	if [ -z "$worktree" ]; then
		git -c safe.directory="$tree" clone --quiet "$tree" "$root/root/khabar"
		return
	fi
	mkdir "$root/root/khabar"
	(cd "$tree" && git ls-files -z --cached --others --exclude-standard |
		tar --null --files-from=- --create --file=-) |
		tar --extract --file=- --directory="$root/root/khabar"
}

inside() {
	env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C TERM="${TERM:-dumb}" \
		chroot "$root" /bin/sh -c "cd /root/khabar && $*"
}

timed "made a bare $suite" make_system
copy_tree
say "packages in it: $(inside 'dpkg-query -f . -W | wc -c')"
timed "first run" inside './bootstrap run < /dev/null'
timed "second run" inside './bootstrap run < /dev/null'
[ -z "$check" ] || timed "check" inside './bootstrap check < /dev/null'
