#ifndef FAVS_CSQLITE_SHIM_H
#define FAVS_CSQLITE_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Swift cannot import C's variadic functions, nor a macro that casts an integer to a function pointer.

/// `sqlite3_config` for a process in which a single thread uses SQLite: no mutexes, and no count of the memory in
/// use, which needs a mutex too. Call it before anything else of SQLite.
static inline void favs_sqlite3_use_one_thread(void) {
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// `sqlite3_db_config` for the switches that take an on/off value and report nothing back.
static inline int favs_sqlite3_db_config_switch(sqlite3 *db, int option, int on) {
  return sqlite3_db_config(db, option, on, (int *)0);
}

/// `sqlite3_bind_text64` of bytes that SQLite copies before it returns.
static inline int favs_sqlite3_bind_text(
    sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 length) {
  return sqlite3_bind_text64(statement, index, bytes, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// `sqlite3_bind_blob64` of bytes that SQLite copies before it returns.
static inline int favs_sqlite3_bind_blob(
    sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 length) {
  return sqlite3_bind_blob64(statement, index, bytes, length, SQLITE_TRANSIENT);
}

/// The `errno` behind the last error of reading, writing or locking the file itself; 0 if there was none, or if the
/// file was merely too short.
static inline int favs_sqlite3_file_errno(sqlite3 *db) {
  int code = 0;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &code) == SQLITE_OK ? code : 0;
}

/// The current `errno`, if it means that a device failed or refused; 0 for any other.
static inline int favs_device_errno(void) {
  switch (errno) {
  case EDQUOT: case EFBIG: case EIO: case ENOSPC: case ENXIO: case EROFS: case ESTALE: return errno;
  default: return 0;
  }
}

/// Whether it is one of the errors that SQLite reports as damage of the file when a read fails with them.
static inline int favs_is_read_failure(int code) {
  return code == EIO || code == ENXIO || code == ERANGE;
}

/// Opens a file for inspection, without blocking and without following a link.
static inline int favs_open_to_look(const char *path) {
  return open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

/// Whether a mode is that of a regular file.
static inline int favs_is_plain(mode_t mode) { return S_ISREG(mode); }

/// Whether two runs of bytes are the same.
static inline int favs_is_same(const void *first, const void *second, long length) {
  return __builtin_memcmp(first, second, (unsigned long)length) == 0;
}

/// Whether a run of bytes contains another.
static inline int favs_has(const void *text, long length, const void *part, long size) {
  const char *at = (const char *)text, *wanted = (const char *)part;
  if (size == 0) return 1;
  while (length >= size) {
    const char *found = (const char *)memchr(at, wanted[0], (size_t)(length - size + 1));
    if (!found) return 0;
    if (memcmp(found, wanted, (size_t)size) == 0) return 1;
    length -= found + 1 - at;
    at = found + 1;
  }
  return 0;
}

/// Nanoseconds of a monotonic clock, for timing statements.
static inline unsigned long long favs_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (unsigned long long)now.tv_sec * 1000000000ULL + (unsigned long long)now.tv_nsec;
}

/// Waits until others may have released the file; 0 if that took too long.
///
/// SQLite's own handler sleeps for up to 100 ms, so that who waits goes on long after the file is free.
static inline int favs_wait(void *milliseconds, int count) {
  enum { first = 5, pause = 5 };
  // For a few times a millisecond, then longer.
  sqlite3_int64 waited = count < first ? count : first + (sqlite3_int64)(count - first) * pause;
  if (waited >= (sqlite3_int64)(intptr_t)milliseconds) return 0;
  sqlite3_sleep(count < first ? 1 : pause);
  return 1;
}

/// Sets how long to wait for others to release the file.
static inline void favs_wait_for_others(sqlite3 *db, int milliseconds) {
  sqlite3_busy_handler(db, favs_wait, (void *)(intptr_t)milliseconds);
}

// FTS5's own interface, https://www.sqlite.org/fts5.html#extending_fts5: its function pointers can only be called
// from C.

/// FTS5's interface in one connection; null if SQLite was built without it.
static inline fts5_api *favs_fts5_api(sqlite3 *db) {
  fts5_api *api = 0;
  sqlite3_stmt *statement = 0;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, 0) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", 0);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

/// Called for each token with the context, 0, the token, its length, and its start and end in the text.
typedef int (*favs_token_callback)(void *, int, const char *, int, int, int);

/// An FTS5 tokenizer that is ready for use.
typedef struct {
  fts5_tokenizer functions;
  Fts5Tokenizer *instance;
} favs_tokenizer;

/// Makes a tokenizer with the index's settings, see Schema.swift; the connection is only needed during this call.
static inline int favs_tokenizer_make(sqlite3 *db, favs_tokenizer *made) {
  fts5_api *api = favs_fts5_api(db);
  void *owner = 0;
  made->instance = 0;
  if (!api || api->xFindTokenizer(api, "unicode61", &owner, &made->functions) != SQLITE_OK) {
    return SQLITE_ERROR;
  }
  const char *arguments[] = {
      "remove_diacritics", "0", "categories", "L* N* Co M*", "tokenchars", "^"};
  return made->functions.xCreate(owner, arguments, 6, &made->instance);
}

/// Splits a text into tokens.
static inline int favs_tokenizer_run(
    const favs_tokenizer *tokenizer, const char *text, int length, void *context,
    favs_token_callback callback) {
  return tokenizer->functions.xTokenize(
      tokenizer->instance, context, FTS5_TOKENIZE_AUX, text, length, callback);
}

/// Frees it.
static inline void favs_tokenizer_end(const favs_tokenizer *tokenizer) {
  if (tokenizer->instance) tokenizer->functions.xDelete(tokenizer->instance);
}

/// How often a column of a row contains a phrase, and where first and last, in words.
typedef struct {
  int phrase, column, count, first, last;
} favs_count;

/// Whether each group of phrases has a hit in a column. Phrases of group 255 do not count.
static inline int favs_fts5_all_in_column(
    const Fts5ExtensionApi *api, Fts5Context *row, int phrases, const unsigned char *groups, int wanted_column) {
  // For each group: 1 if there is one, 2 if it has a hit.
  unsigned char seen[255] = {0};
  int wanted = 0;
  for (int phrase = 0; phrase < phrases; phrase++) {
    int group = groups[phrase];
    if (group == 255 || seen[group] == 2) continue;
    if (!seen[group]) wanted++;
    seen[group] = 1;
    Fts5PhraseIter iterator;
    int column = -1;
    if (api->xPhraseFirstColumn(row, phrase, &iterator, &column) != SQLITE_OK) continue;
    while (column >= 0 && column < wanted_column) api->xPhraseNextColumn(row, &iterator, &column);
    if (column == wanted_column) {
      seen[group] = 2;
      wanted--;
    }
  }
  return wanted == 0;
}

/// What a row has of the phrases of a query: a blob of `favs_count`, in the order of phrases and columns.
///
/// Phrases beyond the first 2,048 are ignored. It takes a limit, a blob with the group of each phrase in a byte, and a
/// column: rows after that many are null if not each group has a hit in the column.
static inline void favs_fts5_counts(
    const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *result, int count,
    sqlite3_value **values) {
  enum { most = 2048 };
  int phrases = api->xPhraseCount(row), code = SQLITE_OK;
  sqlite3_int64 limit = count == 3 ? sqlite3_value_int64(values[0]) : 0;
  const unsigned char *groups = count == 3 ? (const unsigned char *)sqlite3_value_blob(values[1]) : 0;
  if (!groups || sqlite3_value_bytes(values[1]) < phrases) {
    sqlite3_result_error(result, "wrong arguments to favs_counts", -1);
    return;
  }
  // The number of rows so far.
  sqlite3_int64 *rows = (sqlite3_int64 *)api->xGetAuxdata(row, 0);
  if (!rows) {
    rows = (sqlite3_int64 *)sqlite3_malloc(sizeof *rows);
    if (!rows) {
      sqlite3_result_error_nomem(result);
      return;
    }
    *rows = 0;
    // From here on it is freed with the query, even if this fails.
    code = api->xSetAuxdata(row, rows, sqlite3_free);
    if (code != SQLITE_OK) {
      sqlite3_result_error_code(result, code);
      return;
    }
  }
  if (*rows < limit) {
    ++*rows;
  } else if (!favs_fts5_all_in_column(api, row, phrases, groups, sqlite3_value_int(values[2]))) {
    sqlite3_result_null(result);
    return;
  }
  if (phrases > most) phrases = most;
  sqlite3_str *found = sqlite3_str_new(0);
  for (int phrase = 0; phrase < phrases && code == SQLITE_OK; phrase++) {
    Fts5PhraseIter iterator;
    favs_count current = {phrase, -1, 0, 0, 0};
    int column = -1, offset = -1;
    code = api->xPhraseFirst(row, phrase, &iterator, &column, &offset);
    while (code == SQLITE_OK && column >= 0) {
      if (column != current.column) {
        if (current.count) sqlite3_str_append(found, (const char *)&current, sizeof current);
        current = (favs_count){phrase, column, 0, offset, offset};
      }
      current.count++;
      current.last = offset;
      api->xPhraseNext(row, &iterator, &column, &offset);
    }
    if (current.count) sqlite3_str_append(found, (const char *)&current, sizeof current);
  }
  int length = sqlite3_str_length(found), fault = sqlite3_str_errcode(found);
  char *bytes = sqlite3_str_finish(found);
  if (code == SQLITE_OK) code = fault;
  if (code != SQLITE_OK) {
    sqlite3_free(bytes);
    sqlite3_result_error_code(result, code);
  } else if (!bytes) {
    sqlite3_result_zeroblob(result, 0);
  } else {
    sqlite3_result_blob(result, bytes, length, sqlite3_free);
  }
}

/// The phrases of a query that a row contains: a blob with a bit for each, from left to right, the lowest bit of a
/// byte first. Phrases beyond the first 4,096 are left out.
static inline void favs_fts5_phrases(
    const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *result, int count,
    sqlite3_value **values) {
  enum { most = 4096 };
  unsigned char held[most / 8] = {0};
  int phrases = api->xPhraseCount(row);
  (void)count, (void)values;
  if (phrases > most) phrases = most;
  for (int phrase = 0; phrase < phrases; phrase++) {
    Fts5PhraseIter iterator;
    int column = -1, offset = -1;
    int code = api->xPhraseFirst(row, phrase, &iterator, &column, &offset);
    if (code != SQLITE_OK) {
      sqlite3_result_error_code(result, code);
      return;
    }
    if (column >= 0) held[phrase / 8] |= (unsigned char)(1 << phrase % 8);
  }
  sqlite3_result_blob(result, held, (phrases + 7) / 8, SQLITE_TRANSIENT);
}

/// Registers `favs_counts(TABLE, LIMIT, BLOB, COLUMN)` and `favs_phrases(TABLE)` with a connection.
static inline int favs_fts5_register(sqlite3 *db) {
  fts5_api *api = favs_fts5_api(db);
  if (!api) return SQLITE_ERROR;
  int code = api->xCreateFunction(api, "favs_counts", 0, favs_fts5_counts, 0);
  return code ? code : api->xCreateFunction(api, "favs_phrases", 0, favs_fts5_phrases, 0);
}

/// Compiles an extended regular expression ignoring case, POSIX.1-2017, 9.4; writes its fault into a buffer, and
/// returns 0 if there is none.
static inline int favs_regex_check(const char *pattern, char *message, int room) {
  regex_t compiled;
  int code = regcomp(&compiled, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB);
  if (code) {
    regerror(code, &compiled, message, (size_t)room);
  } else {
    regfree(&compiled);
  }
  return code;
}

static inline unsigned char favs_lower(unsigned char byte) {
  return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

/// The bit that differs between the two cases of a small letter; 0 for another byte.
static inline unsigned char favs_case_bit(unsigned char byte) {
  return byte >= 'a' && byte <= 'z' ? 0x20 : 0;
}

/// Whether a text begins with another, ignoring the case of A to Z.
static inline int favs_begins(const unsigned char *text, const unsigned char *part, int length) {
  int same = 0;
  while (same < length && favs_lower(text[same]) == favs_lower(part[same])) same++;
  return same == length;
}

/// A part that is looked for in many texts.
typedef struct {
  const unsigned char *bytes;
  int length;
  /// Where its two rarest bytes are.
  int rarest, second;
  /// These bytes, as small letters, and the bits that differ in capitals, sixteen times each.
  unsigned char each[4][16];
} favs_part;

/// How common a byte is: small letters as in English, other bytes like a letter in the middle.
static inline int favs_commonness(unsigned char byte) {
  static const unsigned char letters[26] = {24, 7, 15, 16, 26, 12, 9, 19, 22, 3, 5, 17, 13,
                                            21, 23, 11, 2, 20, 18, 25, 14, 6, 10, 4, 8, 1};
  unsigned char small = favs_lower(byte);
  return small >= 'a' && small <= 'z' ? letters[small - 'a'] : 18;
}

/// Finds the two rarest bytes of a part, which is not empty.
static inline favs_part favs_part_of(const unsigned char *bytes, int length) {
  favs_part part = {bytes, length, 0, length - 1, {{0}}};
  int least = 256, next = 256;
  for (int index = 0; index < length; index++) {
    int common = favs_commonness(bytes[index]);
    if (common < least) {
      if (index > 0) part.second = part.rarest, next = least;
      part.rarest = index, least = common;
    } else if (common < next) {
      part.second = index, next = common;
    }
  }
  unsigned char rarest = favs_lower(bytes[part.rarest]), second = favs_lower(bytes[part.second]);
  unsigned char each[4] = {rarest, favs_case_bit(rarest), second, favs_case_bit(second)};
  for (int index = 0; index < 4; index++) memset(part.each[index], each[index], 16);
  return part;
}

/// Whether a text has a byte beyond ASCII.
static inline int favs_is_beyond_ascii(const unsigned char *text, int size) {
  int index = 0;
  for (; index + 8 <= size; index += 8) {
    unsigned long long eight;
    __builtin_memcpy(&eight, text + index, 8);
    if (eight & 0x8080808080808080) return 1;
  }
  for (; index < size; index++) {
    if (text[index] & 0x80) return 1;
  }
  return 0;
}

/// What is seen of a text when a part is looked for in it.
enum { favs_lacks_it, favs_has_it, favs_may_have_it };

/// Whether a text contains a part, ignoring the case of A to Z. `favs_may_have_it` where it does not as it is, but has
/// bytes beyond ASCII.
///
/// Looks at sixteen places at a time for the two bytes of the part that are rarest.
static inline int favs_look_for(const unsigned char *text, int size, const favs_part *part) {
  typedef unsigned char bytes __attribute__((ext_vector_type(16)));
  typedef signed char signs __attribute__((ext_vector_type(16)));
  typedef _Bool bits __attribute__((ext_vector_type(16)));
  int places = size - part->length + 1;
  if (places < 16) {
    for (int place = 0; place < places; place++) {
      if (favs_begins(text + place, part->bytes, part->length)) return favs_has_it;
    }
    return favs_is_beyond_ascii(text, size) ? favs_may_have_it : favs_lacks_it;
  }
  // Letters are compared without the bit for their case.
  bytes rarest, rarestCase, second, secondCase, seen = 0;
  memcpy(&rarest, part->each[0], 16), memcpy(&rarestCase, part->each[1], 16);
  memcpy(&second, part->each[2], 16), memcpy(&secondCase, part->each[3], 16);
  for (int start = 0; start < places; start += 16) {
    // The last places are checked together with some earlier ones.
    if (start > places - 16) start = places - 16;
    bytes one, other;
    memcpy(&one, text + start + part->rarest, 16);
    memcpy(&other, text + start + part->second, 16);
    seen |= one;
    bits both = __builtin_convertvector(((one | rarestCase) == rarest) & ((other | secondCase) == second), bits);
    unsigned short found;
    memcpy(&found, &both, 2);
    for (; found; found &= found - 1) {
      if (favs_begins(text + start + __builtin_ctz(found), part->bytes, part->length)) return favs_has_it;
    }
  }
  bits beyond = __builtin_convertvector((signs)seen < 0, bits);
  unsigned short some;
  memcpy(&some, &beyond, 2);
  // What stands before the first place of the rarest byte, and behind the last.
  int isBeyond = some || favs_is_beyond_ascii(text, part->rarest)
      || favs_is_beyond_ascii(text + part->rarest + places, size - part->rarest - places);
  return isBeyond ? favs_may_have_it : favs_lacks_it;
}

/// What finds a part in a text once it is folded, or in one of the values of a JSON text: Swift functions, with their
/// context.
typedef struct {
  void *known;
  int (*holds)(void *known, const unsigned char *text, int size, const favs_part *part);
  int (*holds_within)(void *known, const unsigned char *json, int size, const favs_part *part);
  void (*forget)(void *known);
} favs_folder;

static inline void favs_folder_end(void *given) {
  favs_folder *folder = given;
  folder->forget(folder->known);
  sqlite3_free(folder);
}

/// The part that a function of SQL looks for, its first argument, not empty, which is taken apart once in a statement;
/// null if memory is short.
static inline favs_part *favs_part_of_statement(sqlite3_context *context, sqlite3_value *value) {
  favs_part *part = sqlite3_get_auxdata(context, 0);
  if (part) return part;
  const unsigned char *bytes = sqlite3_value_text(value);
  int length = sqlite3_value_bytes(value);
  part = bytes ? sqlite3_malloc64(sizeof(favs_part) + (sqlite3_uint64)length) : 0;
  if (!part) return 0;
  __builtin_memcpy(part + 1, bytes, (size_t)length);
  *part = favs_part_of((const unsigned char *)(part + 1), length);
  sqlite3_set_auxdata(context, 0, part, sqlite3_free);
  return sqlite3_get_auxdata(context, 0);
}

/// `favs_holds(PART, COUNT, TEXT, …, JSON, …)`: whether a part, which is folded, is in any of so many texts, or in
/// a value in any of the JSON texts behind them.
///
/// Only texts beyond ASCII have to be folded: what differs in others is the case of A to Z. Most JSON texts do not have
/// the part in all of their bytes; what is escaped or beyond ASCII is seen only in the values.
static inline void favs_holds(sqlite3_context *context, int count, sqlite3_value **values) {
  if (sqlite3_value_bytes(values[0]) == 0) {
    return sqlite3_result_int(context, sqlite3_value_type(values[0]) != SQLITE_NULL);
  }
  favs_part *part = favs_part_of_statement(context, values[0]);
  if (!part) return sqlite3_result_error_nomem(context);
  favs_folder *folder = sqlite3_user_data(context);
  int texts = 2 + sqlite3_value_int(values[1]), found = 0;
  for (int index = 2; !found && index < count; index++) {
    // As text it would be copied, for a zero behind it.
    const unsigned char *text = sqlite3_value_blob(values[index]);
    int size = sqlite3_value_bytes(values[index]);
    if (!text) continue;
    int seen = favs_look_for(text, size, part);
    if (index < texts) {
      found = seen == favs_has_it || (seen == favs_may_have_it && folder->holds(folder->known, text, size, part));
    } else if (seen != favs_lacks_it || memchr(text, '\\', (size_t)size)) {
      found = folder->holds_within(folder->known, text, size, part);
    }
  }
  sqlite3_result_int(context, found);
}

/// Registers `favs_holds` with a connection. The folder is given back when the connection is closed, or at once if that
/// fails.
static inline int favs_holds_register(sqlite3 *db, favs_folder given) {
  favs_folder *folder = sqlite3_malloc(sizeof(favs_folder));
  if (!folder) {
    given.forget(given.known);
    return SQLITE_NOMEM;
  }
  *folder = given;
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  return sqlite3_create_function_v2(db, "favs_holds", -1, flags, folder, favs_holds, 0, 0, favs_folder_end);
}

/// Registers `favs_matches(TEXT)` with a connection: a Swift function, with its context.
static inline int favs_matches_register(
    sqlite3 *db, void *known, void (*matches)(sqlite3_context *, int, sqlite3_value **),
    void (*forget)(void *)) {
  return sqlite3_create_function_v2(
      db, "favs_matches", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, known, matches,
      0, 0, forget);
}

// Removes deleted data from pages. `PRAGMA secure_delete` overwrites freed cells and pages; but when SQLite
// redistributes the cells of a tree's pages (btree.c, `rebuildPage` and `copyNodeContent`), copies of cells that went
// to another page stay in the gap between a page's cells. So that gap is filled with zeros whenever a page is
// written. As in SQLite's own ext/misc/cksumvfs.c, the page is changed on its way to the disk; nothing ever reads the
// gap.

/// Whether a page may be a pointer map page: repeated pairs of a type, at most 5, and a page number. A file in which
/// someone has enabled `PRAGMA auto_vacuum` has such pages, and they begin like pages of a tree. A page that looks
/// like one holds no text, except in its last bytes.
///
/// Source: https://www.sqlite.org/fileformat2.html#pointer_map_or_ptrmap_pages
static inline int favs_may_be_pointer_map(const unsigned char *page, int size) {
  // Up to 255 bytes at the end of a page may be reserved.
  for (int index = 0; index + 5 <= size - 255; index += 5) {
    if (page[index] > 5) return 0;
  }
  return 1;
}

/// Fills the space of a b-tree page outside its cells with zeros; returns whether anything else was there. `start` is
/// the start of the page's own header: after the file's header on the first page.
///
/// Source: https://www.sqlite.org/fileformat2.html#b_tree_pages
static inline int favs_clear_page(unsigned char *page, int size, int start) {
  unsigned char kind = page[start];
  if (kind != 0x02 && kind != 0x05 && kind != 0x0A && kind != 0x0D) return 0;
  if (start == 0 && kind <= 5 && favs_may_be_pointer_map(page, size)) return 0;
  int first = start + (kind < 0x0A ? 12 : 8) + 2 * (page[start + 3] << 8 | page[start + 4]);
  int content = page[start + 5] << 8 | page[start + 6];
  if (content == 0) content = 65536;
  if (first > content || content > size) return 0;
  int found = 0;
  for (int index = first; index < content; index++) found |= page[index];
  if (found) __builtin_memset(page + first, 0, (unsigned long)(content - first));
  // Freed cells form a list in page order.
  int last = content - 1, next = page[start + 1] << 8 | page[start + 2];
  while (next > last && next + 4 <= size) {
    int length = page[next + 2] << 8 | page[next + 3];
    if (length < 4 || next + length > size) break;
    int freed = 0;
    for (int index = next + 4; index < next + length; index++) freed |= page[index];
    if (freed) __builtin_memset(page + next + 4, 0, (unsigned long)(length - 4));
    found |= freed;
    last = next + length - 1;
    next = page[next] << 8 | page[next + 1];
  }
  return found != 0;
}

/// A file's methods with another write method, and its original ones.
typedef struct {
  sqlite3_io_methods methods;
  const sqlite3_io_methods *own;
} favs_methods;

/// Writes a whole page, as SQLite's pager does, without deleted data.
static inline int favs_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
  const favs_methods *methods = (const favs_methods *)(const void *)file->pMethods;
  if (count >= 512 && (count & (count - 1)) == 0 && offset % count == 0) {
    favs_clear_page((unsigned char *)bytes, count, offset == 0 ? 100 : 0);
  }
  return methods->own->xWrite(file, bytes, count, offset);
}

/// The open file of a connection; null if it has none, as in memory.
static inline sqlite3_file *favs_file(sqlite3 *db) {
  sqlite3_file *file = 0;
  int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return code == SQLITE_OK && file && file->pMethods ? file : 0;
}

/// Makes a connection write all pages through `favs_write` from now on. Not for files of more than 8 GiB: an overflow
/// page begins with the number of the next page, whose first byte looks like that of a b-tree page from 33 million
/// pages on.
///
/// Each kind of locking has its own set of methods, which SQLite never changes: each is copied once.
static inline void favs_write_without_deleted(sqlite3 *db) {
  enum { most = 4 };
  static favs_methods known[most];
  sqlite3_file *file = favs_file(db);
  sqlite3_int64 size = 0;
  if (!file || file->pMethods->xWrite == favs_write) return;
  if (file->pMethods->xFileSize(file, &size) != SQLITE_OK || size > 8LL << 30) return;
  // Null, and without effect, if a single thread uses SQLite.
  sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
  sqlite3_mutex_enter(mutex);
  for (int index = 0; index < most; index++) {
    favs_methods *each = &known[index];
    if (!each->own) {
      each->methods = *file->pMethods;
      each->methods.xWrite = favs_write;
      each->own = file->pMethods;
    }
    if (each->own == file->pMethods) {
      file->pMethods = &each->methods;
      break;
    }
  }
  sqlite3_mutex_leave(mutex);
}

/// Reads bytes of the file as they are on the disk. Call it during a read transaction: then no one writes.
static inline int favs_read(sqlite3 *db, void *bytes, int count, sqlite3_int64 offset) {
  sqlite3_file *file = favs_file(db);
  return file ? file->pMethods->xRead(file, bytes, count, offset) : SQLITE_IOERR;
}

/// The size of the file in bytes; negative if it cannot be read.
static inline sqlite3_int64 favs_size(sqlite3 *db) {
  sqlite3_file *file = favs_file(db);
  sqlite3_int64 size = 0;
  return file && file->pMethods->xFileSize(file, &size) == SQLITE_OK ? size : -1;
}

#endif
