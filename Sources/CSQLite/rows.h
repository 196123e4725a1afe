#ifndef FAVS_CSQLITE_ROWS_H
#define FAVS_CSQLITE_ROWS_H

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// Rows of a table, read from its pages as they are in the file, https://www.sqlite.org/fileformat2.html, beside SQLite:
// for thousands of rows that are far from each other, most of what SQLite does for each is not needed, and a second
// thread can read a part of them. Nothing in the pages is trusted: what does not fit is left to SQLite.

/// A table of a file that is open in SQLite, within a transaction that reads.
typedef struct {
  sqlite3_file *file;
  /// The root of its b-tree.
  unsigned root;
  /// The size of a page, and what of it is used, in bytes.
  int size, usable;
} favs_table;

/// Finds the file of a connection, and how its pages are made up; 0 if they cannot be read beside SQLite: they are in
/// memory or in a log, or are being changed.
static inline int favs_table_open(sqlite3 *db, unsigned root, favs_table *table) {
  unsigned char header[100];
  sqlite3_file *file = 0;
  if (sqlite3_txn_state(db, "main") != SQLITE_TXN_READ) return 0;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return 0;
  if (!file || !file->pMethods || file->pMethods->xRead(file, header, 100, 0) != SQLITE_OK) return 0;
  int size = header[16] << 8 | header[17];
  if (size == 1) size = 65536;
  // 18 and 19 tell whether there is a log beside it.
  if (size < 512 || size & (size - 1) || header[18] != 1 || header[19] != 1 || root < 2) return 0;
  *table = (favs_table){file, root, size, size - header[20]};
  return table->usable >= 480;
}

/// Whether two threads may read a file at once: SQLite reads with one call that says where, not with one that moves
/// there and one that reads.
static inline int favs_may_read_at_once(void) {
#ifdef __linux__
  sqlite3_vfs *vfs = sqlite3_vfs_find("unix");
  return vfs && vfs->iVersion >= 3 && vfs->xGetSystemCall
      && (vfs->xGetSystemCall(vfs, "pread") || vfs->xGetSystemCall(vfs, "pread64"));
#else
  return 0;
#endif
}

// Called from several places: a copy in each would make the program several thousand bytes larger.
#define favs_once static inline __attribute__((noinline))

enum {
  /// The greatest depth of a tree, as in SQLite.
  favs_deepest = 20
};

/// The lowest id of all, which is in no table here.
static const sqlite3_int64 favs_lowest = -0x7fffffffffffffffLL - 1;

/// A page on the way from the root to a row, and the ids that are below it: those above `after`, up to `upTo`.
typedef struct {
  unsigned char *bytes;
  sqlite3_int64 after, upTo;
} favs_tree_page;

/// Reads rows of a table, quickest in the order of their ids. Used by one thread.
typedef struct {
  favs_table table;
  int depth;
  favs_tree_page pages[favs_deepest];
} favs_rows;

static inline favs_rows *favs_rows_begin(favs_table table) {
  favs_rows *rows = (favs_rows *)calloc(1, sizeof(favs_rows));
  if (rows) rows->table = table;
  return rows;
}

static inline void favs_rows_end(favs_rows *rows) {
  for (int depth = 0; rows && depth < favs_deepest; depth++) free(rows->pages[depth].bytes);
  free(rows);
}

/// What came of looking for a row.
enum { favs_row_is_missing, favs_row_is_found, favs_row_is_elsewhere };

/// A number of up to nine bytes, of which all but the ninth have seven bits. Moves behind it; beyond the end if it does
/// not end before.
static inline unsigned long long favs_row_number(const unsigned char *bytes, int *at, int end) {
  unsigned long long value = 0;
  for (int count = 0; *at < end; count++) {
    unsigned char byte = bytes[(*at)++];
    if (count == 8) return value << 8 | byte;
    value = value << 7 | (byte & 0x7f);
    if (byte < 0x80) return value;
  }
  *at = end + 1;
  return 0;
}

static inline unsigned favs_row_short(const unsigned char *bytes) { return (unsigned)bytes[0] << 8 | bytes[1]; }

/// Where the cell of a row begins, or on a page of pages where that of the page below it does; its id is written too.
/// Beyond the page if it does not fit.
static inline int favs_row_cell(const favs_rows *rows, const favs_tree_page *page, int index, sqlite3_int64 *id) {
  int isLeaf = page->bytes[0] == 13, end = rows->table.usable;
  int cell = (int)favs_row_short(page->bytes + (isLeaf ? 8 : 12) + 2 * index), at = isLeaf ? cell : cell + 4;
  if (isLeaf) favs_row_number(page->bytes, &at, end);
  *id = (sqlite3_int64)favs_row_number(page->bytes, &at, end);
  return at > end ? end + 1 : cell;
}

/// The first cell whose id is not below another; beyond the last for none, and -1 if the page is not sound.
favs_once int favs_row_search(const favs_rows *rows, const favs_tree_page *page, int count, sqlite3_int64 id) {
  int low = 0, high = count;
  while (low < high) {
    sqlite3_int64 found;
    int middle = (low + high) / 2;
    if (favs_row_cell(rows, page, middle, &found) > rows->table.usable) return -1;
    if (found < id) low = middle + 1; else high = middle;
  }
  return low;
}

/// Goes to the leaf on which a row has to be; returns how many cells it has, or -1 if that could not be read.
favs_once int favs_rows_go_to(favs_rows *rows, sqlite3_int64 id) {
  while (rows->depth > 0) {
    favs_tree_page *last = &rows->pages[rows->depth - 1];
    if (id > last->after && id <= last->upTo) break;
    rows->depth--;
  }
  unsigned number = rows->depth == 0 ? rows->table.root : 0;
  sqlite3_int64 after = 0, upTo = 0;
  while (1) {
    if (number) {
      if (rows->depth == favs_deepest) return -1;
      favs_tree_page *page = &rows->pages[rows->depth];
      if (!page->bytes) page->bytes = (unsigned char *)malloc((size_t)rows->table.size);
      sqlite3_file *file = rows->table.file;
      sqlite3_int64 start = (sqlite3_int64)(number - 1) * rows->table.size;
      if (!page->bytes || file->pMethods->xRead(file, page->bytes, rows->table.size, start) != SQLITE_OK) return -1;
      page->after = rows->depth == 0 ? favs_lowest : after;
      page->upTo = rows->depth == 0 ? 0x7fffffffffffffffLL : upTo;
      rows->depth++;
    }
    favs_tree_page *page = &rows->pages[rows->depth - 1];
    int kind = page->bytes[0], count = (int)favs_row_short(page->bytes + 3);
    if ((kind != 13 && kind != 5) || (kind == 13 ? 8 : 12) + 2 * count > rows->table.usable) break;
    if (kind == 13) return count;
    int index = favs_row_search(rows, page, count, id);
    if (index < 0) break;
    after = page->after, upTo = page->upTo;
    // Where the last of the pages below is, the header tells.
    int cell = index < count ? favs_row_cell(rows, page, index, &upTo) : 8;
    int before = index > 0 ? favs_row_cell(rows, page, index - 1, &after) : 0;
    if (cell > rows->table.usable || before > rows->table.usable) break;
    const unsigned char *child = page->bytes + cell;
    number = (unsigned)child[0] << 24 | (unsigned)child[1] << 16 | (unsigned)child[2] << 8 | child[3];
    if (number < 2 || id <= after || id > upTo) break;
  }
  rows->depth = 0;
  return -1;
}

/// The cell of a row: its id, where its record begins, how many bytes that has, and how many of them on this page.
typedef struct {
  sqlite3_int64 id;
  int start;
  unsigned long long whole, here;
} favs_cell;

/// Reads what a leaf has of a row; 0 if it does not fit.
favs_once int favs_row_cell_of(const favs_rows *rows, const favs_tree_page *page, int index, favs_cell *cell) {
  int usable = rows->table.usable, at = favs_row_cell(rows, page, index, &cell->id);
  if (at > usable) return 0;
  cell->whole = favs_row_number(page->bytes, &at, usable);
  favs_row_number(page->bytes, &at, usable);
  cell->start = at;
  // https://www.sqlite.org/fileformat2.html#b_tree_pages tells how much of it is on this page.
  unsigned long long most = (unsigned long long)usable - 35, least = (unsigned long long)(usable - 12) * 32 / 255 - 23;
  cell->here = cell->whole;
  if (cell->whole > most) {
    unsigned long long rest = least + (cell->whole - least) % (unsigned long long)(usable - 4);
    cell->here = rest <= most ? rest : least;
  }
  return cell->here <= (unsigned long long)(usable - at);
}

/// Two columns of a row: a whole number, and a text, which is null for null.
typedef struct {
  sqlite3_int64 number;
  const unsigned char *text;
  int length;
} favs_row;

/// How many bytes a value of a type takes, https://www.sqlite.org/fileformat2.html#record_format; -1 for too many.
static inline int favs_row_value_size(unsigned long long type) {
  static const unsigned char sizes[12] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
  return type < 12 ? sizes[type] : type > 0x7fffffff ? -1 : (int)((type - 12) / 2);
}

/// Takes two columns out of a record, the number before the text.
static inline int favs_row_take(
    const unsigned char *record, int size, int numberColumn, int textColumn, favs_row *row) {
  int at = 0;
  unsigned long long length = favs_row_number(record, &at, size);
  if (at > size || length > (unsigned long long)size) return favs_row_is_elsewhere;
  int end = (int)length, value = end;
  for (int column = 0; column <= textColumn && at < end; column++) {
    unsigned long long type = favs_row_number(record, &at, end);
    int bytes = favs_row_value_size(type);
    if (at > end || bytes < 0 || bytes > size - value) return favs_row_is_elsewhere;
    if (column == numberColumn) {
      if (type < 1 || type > 9 || type == 7) return favs_row_is_elsewhere;
      // The first byte has the sign.
      sqlite3_int64 number = type == 9 ? 1 : bytes ? (signed char)record[value] : 0;
      for (int index = 1; index < bytes; index++) {
        number = (sqlite3_int64)((unsigned long long)number << 8 | record[value + index]);
      }
      row->number = number;
    } else if (column == textColumn) {
      if (type != 0 && (type < 13 || type % 2 == 0)) return favs_row_is_elsewhere;
      row->text = type == 0 ? 0 : record + value;
      row->length = bytes;
      return favs_row_is_found;
    }
    value += bytes;
  }
  return favs_row_is_elsewhere;
}

/// Reads two columns of a row, a number and behind it a text. They are elsewhere if the pages are not sound, or if the
/// row is so long that the text is on a page of its own. The text lasts until the next row.
static inline int favs_rows_read(
    favs_rows *rows, sqlite3_int64 id, int numberColumn, int textColumn, favs_row *row) {
  int count = favs_rows_go_to(rows, id);
  if (count < 0) return favs_row_is_elsewhere;
  const favs_tree_page *page = &rows->pages[rows->depth - 1];
  int index = favs_row_search(rows, page, count, id);
  if (index < 0) return favs_row_is_elsewhere;
  if (index == count) return favs_row_is_missing;
  favs_cell cell;
  if (!favs_row_cell_of(rows, page, index, &cell)) return favs_row_is_elsewhere;
  if (cell.id != id) return favs_row_is_missing;
  return favs_row_take(page->bytes + cell.start, (int)cell.here, numberColumn, textColumn, row);
}

#endif
