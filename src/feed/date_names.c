#include "feed/date_names.h"

#include "article/dateline.h"

#include <string.h>

/* clang-format off */
/*
 * Beside those of article/dateline.c: Greek, Hungarian, German, French, Spanish, Italian,
 * Portuguese, Dutch, Turkish, Russian, Ukrainian, Polish, Czech, Scandinavian, Finnish,
 * Romanian, Indonesian.  Each word stands between two bars.
 */
static const char *const months[12] = {
	"|ιαν|ιανουαριοσ|ιανουάριοσ|ιανουαρίου|január|jan|januar|jänner|janvier|janv|enero|"
	"ene|gennaio|gen|janeiro|januari|ocak|oca|январь|января|янв|січень|січня|stycznia|"
	"styczeń|sty|leden|ledna|",
	"|φεβ|φεβρουάριοσ|φεβρουαρίου|február|februári|februar|feber|février|fevrier|févr|"
	"fév|febrero|febbraio|fevereiro|fev|februari|şubat|şub|subat|февраль|февраля|фев|"
	"февр|лютий|лютого|lutego|",
	"|μαρ|μάρ|μάρτιοσ|μαρτίου|március|märz|mär|mrz|maerz|mars|marzo|março|marco|maart|"
	"mrt|mart|март|марта|мар|березень|березня|marca|marzec|březen|března|bře|marts|"
	"maaliskuuta|",
	"|απρ|απρίλιοσ|απριλίου|április|ápr|avril|avr|abril|abr|aprile|april|nisan|nis|"
	"апрель|апреля|",
	"|μαι|μάι|μαϊ|μάϊ|μάιοσ|μαΐου|μαίου|május|máj|mai|mayo|maggio|mag|maio|mei|mayıs|may|"
	"mayis|май|",
	"|ιουν|ιούν|ιον|ιούνιοσ|ιουνίου|június|jún|juni|juin|junio|giugno|giu|junho|haziran|"
	"haz|июнь|",
	"|ιουλ|ιούλ|ιολ|ιούλιοσ|ιουλίου|július|júl|juli|juillet|juil|julio|luglio|lug|julho|"
	"temmuz|tem|июль|июля|июл|липень|липня|lipca|lipiec|lip|červenec|července|čvc|"
	"heinäkuuta|",
	"|αυγ|αύγ|αυγουστοσ|αύγουστοσ|αυγούστου|augusztus|août|aout|aoû|agosto|ago|augustus|"
	"ağustos|ağu|agustos|август|августа|авг|серпень|серпня|sierpnia|sierpień|sie|srpen|"
	"srpna|srp|",
	"|σεπ|σεπτ|σεπτέμβριοσ|σεπτεμβρίου|szeptember|szept|septembre|septiembre|setiembre|"
	"settembre|set|setembro|eylül|eyl|eylul|сентябрь|сентября|сен|сент|вересень|вересня|"
	"września|wrzesień|",
	"|οκτ|οκτώβριοσ|οκτωβρίου|október|okt|oktober|octobre|octubre|ottobre|ott|outubro|"
	"out|ekim|eki|октябрь|октября|окт|жовтень|жовтня|października|październik|paź|říjen|"
	"října|říj|lokakuuta|",
	"|νοε|νοέ|νοέμβριοσ|νοεμβρίου|novembre|noviembre|novembro|kasım|kas|kasim|ноябрь|"
	"ноября|ноя|нояб|листопад|листопада|listopada|listopad|lis|listopadu|marraskuuta|"
	"marraskuu|noiembrie|nop|",
	"|δεκ|δεκέμβριοσ|δεκεμβρίου|dezember|dez|décembre|decembre|déc|diciembre|dic|"
	"dicembre|dezembro|aralık|ara|aralik|декабрь|декабря|дек|грудень|грудня|grudnia|"
	"grudzień|gru|prosinec|prosince|",
};

/* clang-format on */

static bool holds(const char *list, struct str word)
{
	char padded[64];
	if (word.len == 0 || word.len > sizeof padded - 3)
		return false;
	padded[0] = '|';
	memcpy(padded + 1, word.ptr, word.len);
	padded[word.len + 1] = '|';
	padded[word.len + 2] = '\0';
	return strstr(list, padded) != NULL;
}

int date_names_month(struct str word, bool *jalali)
{
	int number = dateline_month(word, jalali);
	if (number > 0)
		return number;
	*jalali = false;
	for (int i = 0; i < 12; i++) {
		if (holds(months[i], word))
			return i + 1;
	}
	return 0;
}

static const struct {
	const char *names;
	int minutes;
} zones[] = {
	{"|z|ut|gmt|utc|wet|uct|zulu|universal|greenwich|", 0},
	/* RFC 822, section 5.1; two letters: of television */
	{"|edt|et|", -240},
	{"|est|", -300},
	{"|cdt|", -300},
	{"|ct|cst|", -360},
	{"|mdt|", -360},
	{"|mt|mst|", -420},
	{"|pdt|", -420},
	{"|pt|pst|", -480},
	{"|at|ast|", -240},
	{"|adt|", -180},
	{"|nst|", -210},
	{"|ndt|", -150},
	{"|akst|", -540},
	{"|akdt|", -480},
	{"|hst|hast|", -600},
	{"|hdt|hadt|", -540},
	{"|brt|art|clst|", -180},
	{"|brst|", -120},
	{"|bst|cet|met|mez|wat|west|", 60},
	{"|cest|mest|mesz|eet|cat|sast|", 120},
	{"|eest|msk|trt|eat|idt|", 180},
	{"|irst|", 210},
	{"|irdt|", 270},
	{"|msd|gst|", 240},
	{"|aft|", 270},
	{"|pkt|", 300},
	{"|ist|", 330},
	{"|npt|", 345},
	{"|ict|wib|", 420},
	{"|sgt|hkt|awst|myt|pht|wita|", 480},
	{"|jst|kst|wit|", 540},
	{"|acst|", 570},
	{"|acdt|", 630},
	{"|aest|", 600},
	{"|aedt|", 660},
	{"|nzst|", 720},
	{"|nzdt|", 780},
};

bool date_names_zone(struct str word, int *minutes)
{
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		if (holds(zones[i].names, word)) {
			*minutes = zones[i].minutes;
			return true;
		}
	}
	/* One letter, as RFC 822 has them: A is an hour behind, N one ahead. */
	char c = word.len == 1 ? word.ptr[0] : 0;
	if (c < 'a' || c > 'y' || c == 'j')
		return false;
	int hours = c <= 'i' ? -(c - 'a' + 1) : c <= 'm' ? -(c - 'k' + 10) : c - 'n' + 1;
	*minutes = hours * 60;
	return true;
}

int date_names_half(struct str word)
{
	if (holds("|am|ص|صباحا|قظ|오전|上午|午前|πμ|לפנהצ|בבוקר|قبلازظهر|صبح|", word))
		return 1;
	if (holds("|pm|م|مساء|عصرا|عصر|بظ|ظهرا|오후|下午|午後|μμ|אחהצ|בערב|بعدازظهر|شام|", word))
		return 2;
	return 0;
}
