/* Rows of a libpq result as a JSON array of objects: the bytes that Python's encoder would write of them.
 *
 * Called through ctypes, so without Python's headers; libpq's functions come as pointers from the library that
 * made the result. What is not written here byte for byte as there is not written at all: the caller then takes
 * the way through Python.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BOOL = 16, INT8 = 20, INT2 = 21, INT4 = 23, TEXT = 25, VARCHAR = 1043, DATE = 1082, TIMESTAMPTZ = 1184,
       UUID = 2950, UUIDS = 2951, JSONB = 3802 };

struct libpq {
  char *(*value)(const void *, int, int);
  int (*length)(const void *, int, int);
  int (*is_null)(const void *, int, int);
  unsigned (*type)(const void *, int);
};

/* name: `"name":`. null: what stands for NULL. cells: made by Python, one for each row, or NULL. prefix: of a
 * running number, with its quote, or NULL. digits: how many that number has at least. */
struct field {
  const char *name;
  const char *null;
  const char *const *cells;
  const char *prefix;
  int32_t name_length;
  int32_t null_length;
  int32_t prefix_length;
  int32_t digits;
};

struct text {
  char *bytes;
  size_t length, capacity;
  bool failed;
};

static char *room(struct text *text, size_t more) {
  if (text->length + more > text->capacity) {
    size_t capacity = (text->capacity + more) * 2;
    char *bytes = realloc(text->bytes, capacity);
    if (!bytes) {
      text->failed = true;
      return NULL;
    }
    text->bytes = bytes;
    text->capacity = capacity;
  }
  return text->bytes + text->length;
}

static void add(struct text *text, const char *bytes, size_t length) {
  char *to = room(text, length);
  if (!to) return;
  memcpy(to, bytes, length);
  text->length += length;
}

static char short_form(unsigned char byte) {
  switch (byte) {
    case '"': case '\\': return (char)byte;
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
  }
  return 0;
}

static size_t escape(char *to, unsigned char byte) {
  static const char HEX[] = "0123456789abcdef";
  to[0] = '\\';
  if ((to[1] = short_form(byte))) return 2;
  memcpy(to + 1, "u00", 3);
  to[4] = HEX[byte >> 4];
  to[5] = HEX[byte & 15];
  return 6;
}

/* U+2028 and U+2029, which end a line for old readers of JavaScript. */
static bool is_line_end(const char *from, const char *end) {
  return end - from >= 3 && !memcmp(from, "\xe2\x80", 2) && (from[2] == '\xa8' || from[2] == '\xa9');
}

static void add_string(struct text *text, const char *from, size_t length) {
  char *start = room(text, length * 6 + 2), *to = start; /* six for one at the most */
  if (!to) return;
  *to++ = '"';
  for (const char *end = from + length; from < end; from++) {
    unsigned char byte = (unsigned char)*from;
    if (byte < 0x20 || byte == '"' || byte == '\\') {
      to += escape(to, byte);
    } else if (byte == 0xe2 && is_line_end(from, end)) {
      memcpy(to, from[2] == '\xa8' ? "\\u2028" : "\\u2029", 6);
      to += 6;
      from += 2;
    } else {
      *to++ = *from;
    }
  }
  *to++ = '"';
  text->length += (size_t)(to - start);
}

static bool fits(const char *value, const char *pattern, size_t length) {
  for (size_t at = 0; at < length; at++) {
    if (pattern[at] == '0' ? value[at] < '0' || value[at] > '9' : value[at] != pattern[at]) return false;
  }
  return true;
}

static bool add_date(struct text *text, const char *value, size_t length) {
  if (length != 10 || !fits(value, "0000-00-00", 10)) return false;
  add_string(text, value, length);
  return true;
}

/* 2026-11-30 08:20:00.12+00 → 2026-11-30T08:20:00.120000Z; no fraction when there is none. */
static bool add_instant(struct text *text, const char *value, size_t length) {
  char written[30] = "\"0000-00-00T00:00:00.000000Z\"";
  if (length < 22 || length > 29 || !fits(value, "0000-00-00 00:00:00", 19)) return false;
  if (memcmp(value + length - 3, "+00", 3)) return false;
  size_t digits = length - 22; /* with their point */
  memcpy(written + 1, value, 10);
  memcpy(written + 12, value + 11, 8);
  if (!digits) {
    memcpy(written + 20, "Z\"", 2);
    add(text, written, 22);
    return true;
  }
  if (digits < 2 || !fits(value + 19, ".000000", digits)) return false;
  memcpy(written + 20, value + 19, digits);
  add(text, written, 29);
  return true;
}

/* {a,b} → ["a","b"]: ids hold nothing that either side quotes. */
static bool add_ids(struct text *text, const char *value, size_t length) {
  if (length == 2) {
    add(text, "[]", 2);
    return true;
  }
  if ((length - 1) % 37) return false;
  for (const char *id = value + 1; id < value + length; id += 37) {
    if (id[36] != ',' && id[36] != '}') return false;
    add(text, id == value + 1 ? "[\"" : ",\"", 2);
    add(text, id, 36);
    add(text, "\"", 1);
  }
  add(text, "]", 1);
  return true;
}

static bool add_value(struct text *text, unsigned type, const char *value, size_t length) {
  switch (type) {
    case TEXT: case VARCHAR: case UUID:
      add_string(text, value, length);
      return true;
    case INT2: case INT4: case INT8:
      add(text, value, length);
      return true;
    case BOOL:
      add(text, *value == 't' ? "true" : "false", *value == 't' ? 4 : 5);
      return true;
    case DATE:
      return add_date(text, value, length);
    case TIMESTAMPTZ:
      return add_instant(text, value, length);
    case UUIDS:
      return add_ids(text, value, length);
    case JSONB: /* other numbers and other blanks than there */
      if (length != 2 || (memcmp(value, "{}", 2) && memcmp(value, "[]", 2))) return false;
      add(text, value, 2);
      return true;
  }
  return false;
}

/* 42 → "C-000042" */
static bool add_number(struct text *text, const struct field *field, const char *value, size_t length) {
  if (*value == '-') return false;
  add(text, field->prefix, (size_t)field->prefix_length);
  for (size_t digits = length; digits < (size_t)field->digits; digits++) add(text, "0", 1);
  add(text, value, length);
  add(text, "\"", 1);
  return true;
}

static bool is_number(unsigned type) { return type == INT2 || type == INT4 || type == INT8; }

static bool add_row(struct text *text, const struct libpq *libpq, const void *result, const struct field *fields,
                    const unsigned *types, int32_t width, int32_t row, int32_t nth) {
  for (int32_t column = 0; column < width; column++) {
    const struct field *field = &fields[column];
    int length = libpq->length(result, row, column);
    add(text, column ? "," : "{", 1);
    add(text, field->name, (size_t)field->name_length);
    if (field->cells) {
      add(text, field->cells[nth], strlen(field->cells[nth]));
    } else if (!length && libpq->is_null(result, row, column)) {
      add(text, field->null, (size_t)field->null_length);
    } else if (field->prefix) {
      const char *value = libpq->value(result, row, column);
      if (!is_number(types[column]) || !add_number(text, field, value, (size_t)length)) return false;
    } else if (!add_value(text, types[column], libpq->value(result, row, column), (size_t)length)) {
      return false;
    }
  }
  add(text, "}", 1);
  return true;
}

/* The rows first, first + step, … count of them; the first columns of the result are the fields. Returns the
 * length of *out, which dott_free takes back; -1 for a value that is left to Python, -2 without memory. */
int64_t dott_rows(const struct libpq *libpq, const void *result, const struct field *fields, int32_t width,
                  int32_t first, int32_t step, int32_t count, char **out) {
  struct text text = {malloc(65536), 0, 65536, false};
  unsigned *types = malloc((size_t)width * sizeof *types);
  bool is_written = true;
  text.failed = !text.bytes || !types;
  for (int32_t column = 0; column < width && !text.failed; column++) types[column] = libpq->type(result, column);
  for (int32_t nth = 0; nth < count && is_written && !text.failed; nth++) {
    add(&text, nth ? "," : "[", 1);
    is_written = add_row(&text, libpq, result, fields, types, width, first + nth * step, nth);
  }
  if (!text.failed) add(&text, "]", 1);
  free(types);
  if (text.failed || !is_written) {
    free(text.bytes);
    return text.failed ? -2 : -1;
  }
  *out = text.bytes;
  return (int64_t)text.length;
}

void dott_free(char *bytes) { free(bytes); }

/* Which sources this was built from: source.py looks for it. */
const char *const dott_source = DOTT_SOURCE;
