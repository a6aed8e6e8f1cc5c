/* The language of the interface, by the settings and the environment. */
#ifndef KHABAR_CONFIG_SPEAK_H
#define KHABAR_CONFIG_SPEAK_H

/*
 * From now on messages are in the language that khabar.conf or the locale asks for
 * (locale/language.h).  A file with mistakes counts as far as it can be read, and where a
 * catalogue is missing messages are in English: what is wrong will be told by who needs it.
 */
void config_speak(void);

#endif
