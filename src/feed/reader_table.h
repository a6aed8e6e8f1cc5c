/* The functions that the table of elements names; each is told in reader_values.c. */
#ifndef KHABAR_FEED_READER_TABLE_H
#define KHABAR_FEED_READER_TABLE_H

#include "feed/reader.h"

#define READER_START(name)                                                                         \
	void reader_start_##name(struct reader *r, struct frame *f, const struct xml_tag *tag)
#define READER_END(name) void reader_end_##name(struct reader *r, struct frame *f, struct str text)

READER_START(channel);
READER_START(text);
READER_START(item);
READER_START(link);
READER_START(guid);
READER_START(person);
READER_START(category);
READER_START(enclosure);
READER_START(media);
READER_START(media_image);
READER_START(image);
READER_START(source);
READER_START(reply);
READER_START(body);

READER_END(item);
READER_END(line);
READER_END(title);
READER_END(url);
READER_END(date);
READER_END(language);
READER_END(link);
READER_END(guid);
READER_END(id);
READER_END(content);
READER_END(summary);
READER_END(description);
READER_END(person);
READER_END(contributor);
READER_END(second_person);
READER_END(person_name);
READER_END(person_url);
READER_END(person_mail);
READER_END(category);
READER_END(tags);
READER_END(image);
READER_END(image_url);
READER_END(comments_count);
READER_END(duration);
READER_END(source);
READER_END(source_title);
READER_END(source_link);
READER_END(source_author);
READER_END(media);
READER_END(media_title);
READER_END(ttl);
READER_END(period);
READER_END(frequency);
READER_END(hour);
READER_END(day);
READER_END(expired);
READER_END(reply);

#endif
