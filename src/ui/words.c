#include "ui/words.h"

#include "base/message.h"
#include "locale/language.h"

enum text_direction words_direction(void)
{
	return locale_is_rtl(message_language()) ? TEXT_RTL : TEXT_LTR;
}
