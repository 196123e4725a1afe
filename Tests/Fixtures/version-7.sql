-- A file as version 7 of the layout wrote it, brought up to it from version 6: notes in the first column of the full-text
-- index, whole uids and both dates of all favourites in indexes of their own, and lengths in a table of FTS5.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE device(
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE change(
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  device INTEGER NOT NULL REFERENCES device(id),
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  summary TEXT NOT NULL,
  first_added INTEGER,
  last_added INTEGER,
  undoes INTEGER,
  redoes INTEGER,
  undone_by INTEGER,
  is_final INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX change_added ON change(last_added) WHERE last_added IS NOT NULL;
CREATE INDEX change_undone ON change(undone_by) WHERE undone_by IS NOT NULL;
CREATE TABLE change_item(
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  item INTEGER NOT NULL,
  change INTEGER NOT NULL REFERENCES change(number),
  before TEXT
) STRICT;
CREATE UNIQUE INDEX change_item_thing ON change_item(kind, item, change);
CREATE INDEX change_item_change ON change_item(change, kind, item);
CREATE TABLE category(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  name TEXT NOT NULL CHECK(length(name) > 0),
  key TEXT NOT NULL UNIQUE,
  note TEXT,
  schema TEXT,
  count INTEGER NOT NULL DEFAULT 0 CHECK(count >= 0),
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  change INTEGER NOT NULL
) STRICT;
CREATE TABLE favourite(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  category INTEGER NOT NULL REFERENCES category(id),
  change INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  opened_at INTEGER,
  opened INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL CHECK(length(title) > 0 AND length(title) <= 4096),
  url TEXT CHECK(length(url) <= 65536),
  tags TEXT,
  metadata TEXT,
  note TEXT CHECK(length(note) <= 1048576)
) STRICT;
CREATE UNIQUE INDEX favourite_uid ON favourite(uid);
CREATE INDEX favourite_created ON favourite(created_at);
CREATE INDEX favourite_modified ON favourite(modified_at);
CREATE INDEX favourite_opened ON favourite(opened_at) WHERE opened_at IS NOT NULL;
CREATE INDEX favourite_used ON favourite(opened) WHERE opened > 0;
CREATE TABLE title(
  key TEXT NOT NULL,
  favourite INTEGER NOT NULL,
  PRIMARY KEY(key, favourite)
) STRICT, WITHOUT ROWID;
CREATE TABLE block(
  id INTEGER PRIMARY KEY,
  category INTEGER NOT NULL,
  key INTEGER NOT NULL,
  count INTEGER NOT NULL CHECK(count > 0)
) STRICT;
CREATE UNIQUE INDEX block_order ON block(category, key);
CREATE INDEX block_count ON block(category, key, count);
CREATE TABLE place(
  favourite INTEGER PRIMARY KEY,
  block INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX place_order ON place(block, position);
CREATE TABLE tag(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL CHECK(count >= 0)
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag(key, name);
CREATE TABLE tagging(
  tag INTEGER NOT NULL,
  favourite INTEGER NOT NULL,
  PRIMARY KEY(tag, favourite)
) STRICT, WITHOUT ROWID;
CREATE TABLE attribute(
  name TEXT NOT NULL,
  value ANY NOT NULL,
  favourite INTEGER NOT NULL,
  text TEXT,
  PRIMARY KEY(name, value, favourite)
) STRICT, WITHOUT ROWID;
CREATE TABLE link(
  hash INTEGER NOT NULL,
  favourite INTEGER NOT NULL,
  PRIMARY KEY(hash, favourite)
) STRICT, WITHOUT ROWID;
CREATE TABLE trash(
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  category INTEGER NOT NULL,
  category_name TEXT NOT NULL,
  rank INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL,
  change INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  opened_at INTEGER,
  opened INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  tags TEXT,
  metadata TEXT,
  note TEXT
) STRICT;
CREATE INDEX trash_deleted ON trash(deleted_at);
CREATE INDEX trash_uid ON trash(uid);
CREATE TABLE trash_category(
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  note TEXT,
  schema TEXT,
  deleted_at INTEGER NOT NULL,
  change INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
CREATE INDEX trash_category_key ON trash_category(key);
CREATE TABLE totals(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  favourites INTEGER NOT NULL CHECK(favourites >= 0),
  trashed INTEGER NOT NULL CHECK(trashed >= 0)
) STRICT;
CREATE TABLE word(
  length INTEGER NOT NULL,
  first TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY(length, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE sight(
  favourite INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  status INTEGER,
  reason TEXT,
  checked_at INTEGER NOT NULL,
  failed_at INTEGER,
  failures INTEGER NOT NULL,
  final_url TEXT,
  moved_to TEXT,
  etag TEXT
) STRICT;
CREATE INDEX sight_state ON sight(state);
CREATE VIRTUAL TABLE search USING fts5(
  note, title, tags, url, other, place,
  content='',
  tokenize='unicode61 remove_diacritics 0 categories ''L* N* Co M*'' tokenchars ''^'''
);
DELETE FROM search_data;
DELETE FROM search_idx;
DELETE FROM search_docsize;
DELETE FROM search_config;
INSERT INTO device VALUES(1,X'01A21A8396E17FE3A54FBE1941A25377','vm');
INSERT INTO change VALUES(1,X'01A21A8396E17FE3A54FBE1941A25376',1,1795741161185,'--db /tmp/tmpa4hclf33/a.db -q add --title ''PostgreSQL manual'' -c work/web-dev -t sql --set year=2024 --url https://www.postgresql.org/docs/','1 favourite added, 2 categories added',1,1,NULL,NULL,NULL,0);
INSERT INTO change VALUES(2,X'01A21A8396F77425AC8E09DDF6AED122',1,1795741161207,'--db /tmp/tmpa4hclf33/a.db -q add --title ''Ωμέγα'' -c ''books/ξένα'' --note ''wi-fi at home''','1 favourite added, 2 categories added',2,2,NULL,NULL,NULL,0);
INSERT INTO change VALUES(3,X'01A21A8397177926AF6B915CD77EE6A3',1,1795741161239,'--db /tmp/tmpa4hclf33/a.db -q add --title ''أحمد'' -c books','1 favourite added',3,3,NULL,NULL,NULL,0);
INSERT INTO change VALUES(4,X'01A21A83972C779E9138C1E7DAEE8BEE',1,1795741161260,'--db /tmp/tmpa4hclf33/a.db -q add --title ''احمد'' -c books','1 favourite added',4,4,NULL,NULL,NULL,0);
INSERT INTO change VALUES(5,X'01A21A83974878F2B4820CCF2999D785',1,1795741161288,'--db /tmp/tmpa4hclf33/a.db -q add --title ''مُحَمَّد'' -c ''books/أدب'' -t ''مُحَمَّد''','1 favourite added, 1 category added',5,5,NULL,NULL,NULL,0);
INSERT INTO change VALUES(6,X'01A21A83975F78C8B595FC03B3469DF7',1,1795741161311,'--db /tmp/tmpa4hclf33/a.db -q add --title ''Stack overflow'' -c work','1 favourite added',6,6,NULL,NULL,NULL,0);
INSERT INTO change VALUES(7,X'01A21A83977C7B75B77B17B68D4698B1',1,1795741161340,'--db /tmp/tmpa4hclf33/a.db -q edit 6 --note ''of 2FA''','1 favourite changed',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(8,X'01A21A8397937E6A8AD252F953723839',1,1795741161363,'--db /tmp/tmpa4hclf33/a.db -q rm 4 -y','1 favourite to the trash',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(9,X'01A21A8397A47D778E7DD9867C5F7452',1,1795741161380,'--db /tmp/tmpa4hclf33/a.db -q add --title gone -c work','1 favourite added',7,7,NULL,NULL,NULL,0);
INSERT INTO change VALUES(10,X'01A21A8397C7796683754AA9A063F00C',1,1795741161415,'--db /tmp/tmpa4hclf33/a.db -q rm 7 -y','1 favourite to the trash',NULL,NULL,NULL,NULL,11,0);
INSERT INTO change VALUES(11,X'01A21A8397DF79CA907F2140C16D7C32',1,1795741161439,'--db /tmp/tmpa4hclf33/a.db -q undo','1 favourite restored',NULL,NULL,10,NULL,NULL,0);
INSERT INTO change VALUES(12,X'01A21B360B9B7B729C42DBA599FB2D37',1,1795752856475,'edit 1 --note ''Seen again.''','1 favourite changed',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(13,X'01A222BE63B17D638B64011AC2CD4B84',1,1795879232433,'add ''Old favourite'' -c books --url https://example.org/old','1 favourite added',8,8,NULL,NULL,NULL,0);
INSERT INTO change VALUES(14,X'01A222BE63B578F09E8CB458FB1DD1D9',1,1795879232437,'add Often https://example.com/often -c work','1 favourite added',9,9,NULL,NULL,NULL,0);
INSERT INTO change VALUES(15,X'01A222BEA7977BCA827C774E3CE9601A',1,1795879249815,'open 9','1 favourite opened',NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO change VALUES(16,X'01A222BEA79D774294858951E698CEC4',1,1795879249821,'open 9','1 favourite opened',NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO change VALUES(17,X'01A222BEA7AF7D65A48896856151F961',1,1795879249839,'open 1','1 favourite opened',NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO change VALUES(18,X'01A222BEA7B374448DB301B134284FEC',1,1795879249843,'rm 8 -y','1 favourite to the trash',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(19,X'01A222BEA7B87D5C88D5D8B80210C094',1,1795879249848,'edit 9 --note Keep','1 favourite changed',NULL,NULL,NULL,NULL,20,0);
INSERT INTO change VALUES(20,X'01A222BEA7BC7F7B91341D090A978BC8',1,1795879249852,'undo','1 favourite changed',NULL,NULL,19,NULL,NULL,0);
INSERT INTO change_item VALUES(1,2,1,1,NULL);
INSERT INTO change_item VALUES(2,2,2,1,NULL);
INSERT INTO change_item VALUES(3,2,3,2,NULL);
INSERT INTO change_item VALUES(4,2,4,2,NULL);
INSERT INTO change_item VALUES(5,2,5,5,NULL);
INSERT INTO change_item VALUES(6,1,6,7,'{"change":6,"modified_at":1795741161311,"note":null}');
INSERT INTO change_item VALUES(7,1,4,8,'{"state":"live","change":4,"rank":2}');
INSERT INTO change_item VALUES(8,1,7,10,'{"state":"live","change":9,"rank":2}');
INSERT INTO change_item VALUES(9,1,7,11,'{"state":"trash","change":10,"rank":2,"category_name":"work","deleted_at":1795741161415}');
INSERT INTO change_item VALUES(10,1,1,12,'{"change":1,"modified_at":1795741161185,"note":null}');
INSERT INTO change_item VALUES(11,1,9,15,'{"opened_at":null,"opened":0}');
INSERT INTO change_item VALUES(12,1,9,16,'{"opened_at":1795879249812,"opened":1}');
INSERT INTO change_item VALUES(13,1,1,17,'{"opened_at":null,"opened":0}');
INSERT INTO change_item VALUES(14,1,8,18,'{"state":"live","change":13,"rank":2}');
INSERT INTO change_item VALUES(15,1,9,19,'{"change":14,"modified_at":1795879232437,"note":null}');
INSERT INTO change_item VALUES(16,1,9,20,'{"change":19,"modified_at":1795879249848,"note":"Keep"}');
INSERT INTO category VALUES(1,X'01A21A8396E17FE3A54FBE1941A25378','work','work',NULL,NULL,3,1795741161185,1795741161185,1);
INSERT INTO category VALUES(2,X'01A21A8396E17FE3A54FBE1941A25379','work/web-dev','workweb-dev',NULL,NULL,1,1795741161185,1795741161185,1);
INSERT INTO category VALUES(3,X'01A21A8396F77425AC8E09DDF6AED123','books','books',NULL,NULL,1,1795741161207,1795741161207,2);
INSERT INTO category VALUES(4,X'01A21A8396F77425AC8E09DDF6AED124','books/ξένα','booksξενα|έ',NULL,NULL,1,1795741161207,1795741161207,2);
INSERT INTO category VALUES(5,X'01A21A83974878F2B4820CCF2999D786','books/أدب','booksادب~أ',NULL,NULL,1,1795741161288,1795741161288,5);
INSERT INTO favourite VALUES(1,X'01A21A8396E17FE3A54FBE1941A2537A',2,12,1795741161185,1795752856475,1795879249837,1,'PostgreSQL manual','https://www.postgresql.org/docs/','["sql"]','{"year":2024}','Seen again.');
INSERT INTO favourite VALUES(2,X'01A21A8396F77425AC8E09DDF6AED125',4,2,1795741161207,1795741161207,NULL,0,'Ωμέγα',NULL,NULL,NULL,'wi-fi at home');
INSERT INTO favourite VALUES(3,X'01A21A8397177926AF6B915CD77EE6A4',3,3,1795741161239,1795741161239,NULL,0,'أحمد',NULL,NULL,NULL,NULL);
INSERT INTO favourite VALUES(5,X'01A21A83974878F2B4820CCF2999D787',5,5,1795741161288,1795741161288,NULL,0,'مُحَمَّد',NULL,'["مُحَمَّد"]',NULL,NULL);
INSERT INTO favourite VALUES(6,X'01A21A83975F78C8B595FC03B3469DF8',1,7,1795741161311,1795741161340,NULL,0,'Stack overflow',NULL,NULL,NULL,'of 2FA');
INSERT INTO favourite VALUES(7,X'01A21A8397A47D778E7DD9867C5F7453',1,9,1795741161380,1795741161380,NULL,0,'gone',NULL,NULL,NULL,NULL);
INSERT INTO favourite VALUES(9,X'01A222BE63B578F09E8CB458FB1DD1DA',1,14,1795879232437,1795879232437,1795879249819,2,'Often','https://example.com/often',NULL,NULL,NULL);
INSERT INTO title VALUES('gone',7);
INSERT INTO title VALUES('often',9);
INSERT INTO title VALUES('postgresql manual',1);
INSERT INTO title VALUES('stack overflow',6);
INSERT INTO title VALUES('ωμεγαzέ',2);
INSERT INTO title VALUES('احمد~أ',3);
INSERT INTO title VALUES('محمد|ُ|َ|َ~ّ',5);
INSERT INTO block VALUES(1,2,0,1);
INSERT INTO block VALUES(2,4,0,1);
INSERT INTO block VALUES(3,3,0,1);
INSERT INTO block VALUES(4,5,0,1);
INSERT INTO block VALUES(5,1,0,3);
INSERT INTO place VALUES(1,1,1024);
INSERT INTO place VALUES(2,2,1024);
INSERT INTO place VALUES(3,3,1024);
INSERT INTO place VALUES(5,4,1024);
INSERT INTO place VALUES(6,5,1024);
INSERT INTO place VALUES(7,5,2048);
INSERT INTO place VALUES(9,5,3072);
INSERT INTO tag VALUES(1,'sql','sql',1);
INSERT INTO tag VALUES(2,'محمد|ُ|َ|َ~ّ','مُحَمَّد',1);
INSERT INTO tagging VALUES(1,1);
INSERT INTO tagging VALUES(2,5);
INSERT INTO attribute VALUES('year',2024,1,NULL);
INSERT INTO link VALUES(1041831400041291252,9);
INSERT INTO link VALUES(2579687610507605443,1);
INSERT INTO trash VALUES(4,X'01A21A83972C779E9138C1E7DAEE8BEF',3,'books',2,1795741161363,8,1795741161260,1795741161260,NULL,0,'احمد',NULL,NULL,NULL,NULL);
INSERT INTO trash VALUES(8,X'01A222BE63B17D638B64011AC2CD4B85',3,'books',2,1795879249843,18,1795879232433,1795879232433,NULL,0,'Old favourite','https://example.org/old',NULL,NULL,NULL);
INSERT INTO totals VALUES(1,7,2);
INSERT INTO word VALUES(4,'',' gone home seen wifi احمد محمد ');
INSERT INTO word VALUES(5,'',' again often stack ωμεγα ');
INSERT INTO word VALUES(6,'',' manual ');
INSERT INTO word VALUES(7,'',' postgre ');
INSERT INTO word VALUES(8,'',' overflow ');
INSERT INTO word VALUES(10,'',' postgresql ');
INSERT INTO search_data VALUES(1,X'070B0B02060107');
INSERT INTO search_data VALUES(10,X'000000010101000001010101');
INSERT INTO search_data VALUES(137438953473,X'0000016805303230323401060104020202666106020301025E32060204020266610602050207706F73746772650106010104020373716C01060101050204776966690202060105616761696E0102030201740202040103636F6D09060103030104646F6373010601030401076578616D706C650906010302010266690202030104676F6E6507060101020104686F6D6502020501026B31060601050201060105020206010502020132010601050202013303060105020201340206010502020135050601050201066D616E75616C010601010301026F66060202030374656E090C0101020103040202726701060103030207766572666C6F770606010103010A706F737467726573716C010C01010201030201047365656E0102020202716C010601020202047461636B060601010201027769020202010ACF89CEBCCEB5CEB3CEB102060101020108D8A7D8ADD985D8AF03060101020108D985D8ADD985D8AF050C010102010202040B0707070E0A090A060A0B0E070B0913080808080D070D090E1409090B07110F');
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_docsize VALUES(1,X'020401030101');
INSERT INTO search_docsize VALUES(2,X'050100000001');
INSERT INTO search_docsize VALUES(3,X'000100000001');
INSERT INTO search_docsize VALUES(5,X'000101000001');
INSERT INTO search_docsize VALUES(6,X'040200000001');
INSERT INTO search_docsize VALUES(7,X'000100000001');
INSERT INTO search_docsize VALUES(9,X'000100030001');
INSERT INTO search_config VALUES('automerge',0);
INSERT INTO search_config VALUES('version',4);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('category',5);
INSERT INTO sqlite_sequence VALUES('change',20);
INSERT INTO sqlite_sequence VALUES('favourite',9);
PRAGMA user_version=7;
PRAGMA application_id=1178687059;
COMMIT;
