-- A file as version 3 of the layout wrote it: words and names in several scripts, with a history.
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
CREATE INDEX favourite_opened ON favourite(opened_at);
CREATE INDEX favourite_used ON favourite(opened);
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
CREATE VIRTUAL TABLE search USING fts5(
  title, tags, url, note, other, place,
  content='', tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE word(
  length INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(length, text)
) STRICT, WITHOUT ROWID;
CREATE TABLE totals(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  favourites INTEGER NOT NULL CHECK(favourites >= 0),
  trashed INTEGER NOT NULL CHECK(trashed >= 0)
) STRICT;
INSERT INTO device VALUES(1,X'01a21a8396e17fe3a54fbe1941a25377','vm');
INSERT INTO change VALUES(1,X'01a21a8396e17fe3a54fbe1941a25376',1,1795741161185,'--db /tmp/tmpa4hclf33/a.db -q add --title ''PostgreSQL manual'' -c work/web-dev -t sql --set year=2024 --url https://www.postgresql.org/docs/','1 favourite added, 2 categories added',1,1,NULL,NULL,NULL,0);
INSERT INTO change VALUES(2,X'01a21a8396f77425ac8e09ddf6aed122',1,1795741161207,'--db /tmp/tmpa4hclf33/a.db -q add --title ''Ωμέγα'' -c ''books/ξένα'' --note ''wi-fi at home''','1 favourite added, 2 categories added',2,2,NULL,NULL,NULL,0);
INSERT INTO change VALUES(3,X'01a21a8397177926af6b915cd77ee6a3',1,1795741161239,'--db /tmp/tmpa4hclf33/a.db -q add --title ''أحمد'' -c books','1 favourite added',3,3,NULL,NULL,NULL,0);
INSERT INTO change VALUES(4,X'01a21a83972c779e9138c1e7daee8bee',1,1795741161260,'--db /tmp/tmpa4hclf33/a.db -q add --title ''احمد'' -c books','1 favourite added',4,4,NULL,NULL,NULL,0);
INSERT INTO change VALUES(5,X'01a21a83974878f2b4820ccf2999d785',1,1795741161288,'--db /tmp/tmpa4hclf33/a.db -q add --title ''مُحَمَّد'' -c ''books/أدب'' -t ''مُحَمَّد''','1 favourite added, 1 category added',5,5,NULL,NULL,NULL,0);
INSERT INTO change VALUES(6,X'01a21a83975f78c8b595fc03b3469df7',1,1795741161311,'--db /tmp/tmpa4hclf33/a.db -q add --title ''Stack overflow'' -c work','1 favourite added',6,6,NULL,NULL,NULL,0);
INSERT INTO change VALUES(7,X'01a21a83977c7b75b77b17b68d4698b1',1,1795741161340,'--db /tmp/tmpa4hclf33/a.db -q edit 6 --note ''of 2FA''','1 favourite changed',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(8,X'01a21a8397937e6a8ad252f953723839',1,1795741161363,'--db /tmp/tmpa4hclf33/a.db -q rm 4 -y','1 favourite to the trash',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(9,X'01a21a8397a47d778e7dd9867c5f7452',1,1795741161380,'--db /tmp/tmpa4hclf33/a.db -q add --title gone -c work','1 favourite added',7,7,NULL,NULL,NULL,0);
INSERT INTO change VALUES(10,X'01a21a8397c7796683754aa9a063f00c',1,1795741161415,'--db /tmp/tmpa4hclf33/a.db -q rm 7 -y','1 favourite to the trash',NULL,NULL,NULL,NULL,11,0);
INSERT INTO change VALUES(11,X'01a21a8397df79ca907f2140c16d7c32',1,1795741161439,'--db /tmp/tmpa4hclf33/a.db -q undo','1 favourite restored',NULL,NULL,10,NULL,NULL,0);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('change',11);
INSERT INTO sqlite_sequence VALUES('category',5);
INSERT INTO sqlite_sequence VALUES('favourite',7);
INSERT INTO change_item VALUES(1,2,1,1,NULL);
INSERT INTO change_item VALUES(2,2,2,1,NULL);
INSERT INTO change_item VALUES(3,2,3,2,NULL);
INSERT INTO change_item VALUES(4,2,4,2,NULL);
INSERT INTO change_item VALUES(5,2,5,5,NULL);
INSERT INTO change_item VALUES(6,1,6,7,'{"change":6,"modified_at":1795741161311,"note":null}');
INSERT INTO change_item VALUES(7,1,4,8,'{"state":"live","change":4,"rank":2}');
INSERT INTO change_item VALUES(8,1,7,10,'{"state":"live","change":9,"rank":2}');
INSERT INTO change_item VALUES(9,1,7,11,'{"state":"trash","change":10,"rank":2,"category_name":"work","deleted_at":1795741161415}');
INSERT INTO category VALUES(1,X'01a21a8396e17fe3a54fbe1941a25378','work','work',NULL,NULL,2,1795741161185,1795741161185,1);
INSERT INTO category VALUES(2,X'01a21a8396e17fe3a54fbe1941a25379','work/web-dev','workweb-dev',NULL,NULL,1,1795741161185,1795741161185,1);
INSERT INTO category VALUES(3,X'01a21a8396f77425ac8e09ddf6aed123','books','books',NULL,NULL,1,1795741161207,1795741161207,2);
INSERT INTO category VALUES(4,X'01a21a8396f77425ac8e09ddf6aed124','books/ξένα','booksξενα|έ',NULL,NULL,1,1795741161207,1795741161207,2);
INSERT INTO category VALUES(5,X'01a21a83974878f2b4820ccf2999d786','books/أدب','booksأدب',NULL,NULL,1,1795741161288,1795741161288,5);
INSERT INTO favourite VALUES(1,X'01a21a8396e17fe3a54fbe1941a2537a',2,1,1795741161185,1795741161185,NULL,0,'PostgreSQL manual','https://www.postgresql.org/docs/','["sql"]','{"year":2024}',NULL);
INSERT INTO favourite VALUES(2,X'01a21a8396f77425ac8e09ddf6aed125',4,2,1795741161207,1795741161207,NULL,0,'Ωμέγα',NULL,NULL,NULL,'wi-fi at home');
INSERT INTO favourite VALUES(3,X'01a21a8397177926af6b915cd77ee6a4',3,3,1795741161239,1795741161239,NULL,0,'أحمد',NULL,NULL,NULL,NULL);
INSERT INTO favourite VALUES(5,X'01a21a83974878f2b4820ccf2999d787',5,5,1795741161288,1795741161288,NULL,0,'مُحَمَّد',NULL,'["مُحَمَّد"]',NULL,NULL);
INSERT INTO favourite VALUES(6,X'01a21a83975f78c8b595fc03b3469df8',1,7,1795741161311,1795741161340,NULL,0,'Stack overflow',NULL,NULL,NULL,'of 2FA');
INSERT INTO favourite VALUES(7,X'01a21a8397a47d778e7dd9867c5f7453',1,9,1795741161380,1795741161380,NULL,0,'gone',NULL,NULL,NULL,NULL);
INSERT INTO title VALUES('gone',7);
INSERT INTO title VALUES('postgresql manual',1);
INSERT INTO title VALUES('stack overflow',6);
INSERT INTO title VALUES('ωμεγαzέ',2);
INSERT INTO title VALUES('أحمد',3);
INSERT INTO title VALUES('محمد|ُ|َ|َ~ّ',5);
INSERT INTO block VALUES(1,2,0,1);
INSERT INTO block VALUES(2,4,0,1);
INSERT INTO block VALUES(3,3,0,1);
INSERT INTO block VALUES(4,5,0,1);
INSERT INTO block VALUES(5,1,0,2);
INSERT INTO place VALUES(1,1,1024);
INSERT INTO place VALUES(2,2,1024);
INSERT INTO place VALUES(3,3,1024);
INSERT INTO place VALUES(5,4,1024);
INSERT INTO place VALUES(6,5,1024);
INSERT INTO place VALUES(7,5,2048);
INSERT INTO tag VALUES(1,'sql','sql',1);
INSERT INTO tag VALUES(2,'محمد|ُ|َ|َ~ّ','مُحَمَّد',1);
INSERT INTO tagging VALUES(1,1);
INSERT INTO tagging VALUES(2,5);
INSERT INTO attribute VALUES('year',2024,1,NULL);
INSERT INTO link VALUES(2579687610507605443,1);
INSERT INTO trash VALUES(4,X'01a21a83972c779e9138c1e7daee8bef',3,'books',2,1795741161363,8,1795741161260,1795741161260,NULL,0,'احمد',NULL,NULL,NULL,NULL);
DELETE FROM search_data;
INSERT INTO search_data VALUES(1,X'060b0503060106');
INSERT INTO search_data VALUES(10,X'00000000010b0b000b0101010201010301010401010501010601010701010801010901010a01010b0101');
INSERT INTO search_data VALUES(137438953473,X'0000005405303230323401060104020104646f6373010601020401026b32010601050201066d616e75616c01020301036f72670106010203010a706f737467726573716c010802010202010373716c0106010102040b0b090b0a12');
INSERT INTO search_data VALUES(274877906945,X'000000420330617402060103040102666902060103030104686f6d65020601030501026b340206010502010277690206010302010acf89cebcceadceb3ceb10202020409090b0909');
INSERT INTO search_data VALUES(412316860417,X'0000001a03306b3303060105020108d8a3d8add985d8af0302020409');
INSERT INTO search_data VALUES(549755813889,X'0000001a03306b3304060105020108d8a7d8add985d8af0402020409');
INSERT INTO search_data VALUES(687194767361,X'0000002c03306b3505060105020102d8ad0508030101030201af0508050101050102d985050c02040101020404090a09');
INSERT INTO search_data VALUES(824633720833,X'0000002403306b31060601050201086f766572666c6f770602030105737461636b06020204090d');
INSERT INTO search_data VALUES(962072674305,X'000000360430326661060601030301026b31060701050201026f6606060103020207766572666c6f770603030105737461636b060302040a09090c');
INSERT INTO search_data VALUES(1099511627777,X'0000001603306b3304010108d8a7d8add985d8af04010406');
INSERT INTO search_data VALUES(1236950581249,X'000000160530676f6e6507020201026b3107060105020409');
INSERT INTO search_data VALUES(1374389534721,X'000000120530676f6e65070101026b3107010408');
INSERT INTO search_data VALUES(1511828488193,X'000000160530676f6e6507020201026b3107060105020409');
DELETE FROM search_idx;
INSERT INTO search_idx VALUES(1,X'',2);
INSERT INTO search_idx VALUES(2,X'',2);
INSERT INTO search_idx VALUES(3,X'',2);
INSERT INTO search_idx VALUES(4,X'',2);
INSERT INTO search_idx VALUES(5,X'',2);
INSERT INTO search_idx VALUES(6,X'',2);
INSERT INTO search_idx VALUES(7,X'',2);
INSERT INTO search_idx VALUES(8,X'',2);
INSERT INTO search_idx VALUES(9,X'',2);
INSERT INTO search_idx VALUES(10,X'',2);
INSERT INTO search_idx VALUES(11,X'',2);
DELETE FROM search_docsize;
INSERT INTO search_docsize VALUES(1,X'020103000101');
INSERT INTO search_docsize VALUES(2,X'010000040001');
INSERT INTO search_docsize VALUES(3,X'010000000001');
INSERT INTO search_docsize VALUES(5,X'040400000001');
INSERT INTO search_docsize VALUES(6,X'020000020001');
INSERT INTO search_docsize VALUES(7,X'010000000001');
DELETE FROM search_config;
INSERT INTO search_config VALUES('version',4);
INSERT INTO word VALUES(4,'gone');
INSERT INTO word VALUES(4,'home');
INSERT INTO word VALUES(4,'أحمد');
INSERT INTO word VALUES(4,'احمد');
INSERT INTO word VALUES(5,'stack');
INSERT INTO word VALUES(5,'ωμέγα');
INSERT INTO word VALUES(6,'manual');
INSERT INTO word VALUES(8,'overflow');
INSERT INTO word VALUES(10,'postgresql');
INSERT INTO totals VALUES(1,6,1);
PRAGMA user_version=3;
PRAGMA application_id=1178687059;
COMMIT;
