#ifndef FAVS_CSQLITE_SCAN_H
#define FAVS_CSQLITE_SCAN_H

#include "rows.h"
#include "shim.h"

// Rows in which a text may be, sought in the pages of a table beside SQLite: most rows are passed without a look at
// each of their columns.

/// What is sought in the rows of a table: a part, in a column or one behind it, or in a value of JSON there.
typedef struct {
  int column;
  const favs_part *part;
  /// What finds the part in a text beyond ASCII once it is folded.
  const favs_folder *folder;
} favs_scan;

/// Whether the part may be in a record: so it is where all bytes from the column on contain it, or have what is escaped
/// in JSON.
static inline int favs_record_may_hold(const unsigned char *record, int size, const favs_scan *scan) {
  int at = 0;
  unsigned long long length = favs_row_number(record, &at, size);
  if (at > size || length > (unsigned long long)size) return 1;
  int end = (int)length, value = end;
  for (int column = scan->column; column > 0 && at < end; column--) {
    int bytes = favs_row_value_size(favs_row_number(record, &at, end));
    if (at > end || bytes < 0 || bytes > size - value) return 1;
    value += bytes;
  }
  const unsigned char *text = record + value;
  size -= value;
  int seen = favs_look_for(text, size, scan->part);
  return seen == favs_has_it || memchr(text, '\\', (size_t)size)
      || (seen == favs_may_have_it && scan->folder->holds(scan->folder->known, text, size, scan->part));
}

/// Finds ids of rows in which a part may be, see `favs_record_may_hold`, the latest first, as many as there is room
/// for. Begins at an id, and leaves there where to go on. Returns how many; -1 if the pages are not sound.
///
/// `isAtEnd` is set where there are no more rows, and the rows that were looked at are added to `passed`.
static inline int favs_rows_scan(
    favs_rows *rows, const favs_scan *scan, sqlite3_int64 *from, sqlite3_int64 *ids, int room, int *isAtEnd,
    long long *passed) {
  int found = 0;
  while (1) {
    int count = favs_rows_go_to(rows, *from);
    if (count < 0) return -1;
    const favs_tree_page *page = &rows->pages[rows->depth - 1];
    int index = favs_row_search(rows, page, count, *from);
    if (index < 0) return -1;
    if (index == count) index--;
    for (; index >= 0; index--) {
      favs_cell cell;
      if (!favs_row_cell_of(rows, page, index, &cell) || cell.id == favs_lowest) return -1;
      if (cell.id > *from) continue;
      ++*passed;
      int isWhole = cell.here == cell.whole;
      if (isWhole && !favs_record_may_hold(page->bytes + cell.start, (int)cell.here, scan)) continue;
      ids[found++] = cell.id;
      *from = cell.id - 1;
      if (found == room) return found;
    }
    if (page->after == favs_lowest) {
      *isAtEnd = 1;
      return found;
    }
    *from = page->after;
  }
}

#endif
