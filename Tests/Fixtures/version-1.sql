-- A file as version 1 of the layout wrote it: categories, favourites, the trash, undone and redone changes.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE device(
  id INTEGER PRIMARY KEY,
  uid BLOB NOT NULL CHECK(length(uid) = 16),
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO device VALUES(1,X'01a207acb80a7aec83dde1576d8a255a','a-machine');
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
INSERT INTO change VALUES(1,X'01a207acb80a7aec83dde1576d8a2559',1,1795425089546,'add Dune -c books/sci-fi -u https://example.com/dune --note ''Read it slowly.'' -t classic -t desert --set year=1965','1 favourite added, 2 categories added',1,1,NULL,NULL,NULL,0);
INSERT INTO change VALUES(2,X'01a207acb81276e1a19319d9563a304e',1,1795425089554,'add ''Amélie'' -c films -t paris -u https://example.com/film --set seen:date=2024-02-11','1 favourite added, 1 category added',2,2,NULL,NULL,NULL,0);
INSERT INTO change VALUES(3,X'01a207acb81977dbb1dddabbc643a17b',1,1795425089561,replace('add ''七人の侍'' -c films --note ''three\nlines\n''\''''quoted''\''''''','\n',char(10)),'1 favourite added',3,3,NULL,NULL,NULL,0);
INSERT INTO change VALUES(4,X'01a207acb81e77989c5d0a47f691168b',1,1795425089566,'category add places --field country','1 category added',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(5,X'01a207acb82373e9ac9e58beb0e27ffd',1,1795425089571,'add ''Łódź'' -c places --set country=Poland','1 favourite added',4,4,NULL,NULL,NULL,0);
INSERT INTO change VALUES(6,X'01a207acb8287fd19c7ee4898c8469df',1,1795425089576,'edit 1 --title ''Dune (novel)'' --note ''Read it twice.''','1 favourite changed',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(7,X'01a207acb82d7f7bb3e022a49c1bebbd',1,1795425089581,'move 3 --first','1 favourite changed',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(8,X'01a207acb8327f2baa67bc8615d9f6fa',1,1795425089586,'rm 2','1 favourite to the trash',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(9,X'01a207acb837752ba57a0ebffd01f436',1,1795425089591,'undo','1 favourite restored',NULL,NULL,8,NULL,NULL,0);
INSERT INTO change VALUES(10,X'01a207acb83d7b748f41f9dc8e31857a',1,1795425089597,'redo','1 favourite to the trash',NULL,NULL,NULL,8,NULL,0);
INSERT INTO change VALUES(11,X'01a207acb84272b088678d3db7c33cb3',1,1795425089602,'edit 3 -t samurai','1 favourite changed',NULL,NULL,NULL,NULL,12,0);
INSERT INTO change VALUES(12,X'01a207acb846788288849d3fb7524d90',1,1795425089606,'undo','1 favourite changed',NULL,NULL,11,NULL,NULL,0);
INSERT INTO change VALUES(13,X'01a207acb84b7483b5ceaa363bdf7849',1,1795425089611,'category rename places towns','1 category changed',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(14,X'01a207acb84e7c3b88b626d0fb5b297b',1,1795425089614,'rm 4','1 favourite to the trash',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(15,X'01a207acb8527c1595b67ca3dddbe969',1,1795425089618,'restore 4','1 favourite restored',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(16,X'01a207acb856765cb4fa5f84b1a7db1b',1,1795425089622,'add gone','1 favourite added, 1 category added',5,5,NULL,NULL,17,0);
INSERT INTO change VALUES(17,X'01a207acb85a7ff383b8d9e0bdeefa48',1,1795425089626,'undo','1 favourite taken back, 1 category removed',NULL,NULL,16,NULL,NULL,0);
INSERT INTO change VALUES(18,X'01a207acb85f7ff39f8aaaa280153bc6',1,1795425089631,'category rm films','1 favourite to the trash, 1 category to the trash',NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO change VALUES(19,X'01a207acb863715e9ab62a16962bab4c',1,1795425089635,'add kept -t new','1 favourite added, 1 category added',6,6,NULL,NULL,NULL,0);
CREATE TABLE change_item(
  kind INTEGER NOT NULL,
  item INTEGER NOT NULL,
  change INTEGER NOT NULL REFERENCES change(number),
  before TEXT,
  PRIMARY KEY(kind, item, change)
) STRICT, WITHOUT ROWID;
INSERT INTO change_item VALUES(1,1,6,'{"change":1,"modified_at":1795425089546,"title":"Dune","note":"Read it slowly."}');
INSERT INTO change_item VALUES(1,2,8,'{"state":"live","change":2,"rank":2}');
INSERT INTO change_item VALUES(1,2,9,'{"state":"trash","change":8,"rank":2,"category_name":"films","deleted_at":1795425089586}');
INSERT INTO change_item VALUES(1,2,10,'{"state":"live","change":2,"rank":2}');
INSERT INTO change_item VALUES(1,3,7,'{"change":3,"modified_at":1795425089561,"rank":2}');
INSERT INTO change_item VALUES(1,3,11,'{"change":7,"modified_at":1795425089581,"tags":null}');
INSERT INTO change_item VALUES(1,3,12,'{"change":11,"modified_at":1795425089602,"tags":"[\"samurai\"]"}');
INSERT INTO change_item VALUES(1,3,18,'{"state":"live","change":7,"rank":1}');
INSERT INTO change_item VALUES(1,4,14,'{"state":"live","change":5,"rank":1}');
INSERT INTO change_item VALUES(1,4,15,'{"state":"trash","change":14,"rank":1,"category_name":"towns","deleted_at":1795425089614}');
INSERT INTO change_item VALUES(1,5,17,'{"state":"live","uid":"01a207ac-b856-765c-b4fa-5f84b1a7db1d","category":5,"change":16,"created_at":1795425089622,"modified_at":1795425089622,"opened_at":null,"opened":0,"title":"gone","url":null,"tags":null,"metadata":null,"note":null,"rank":1}');
INSERT INTO change_item VALUES(2,1,1,NULL);
INSERT INTO change_item VALUES(2,2,1,NULL);
INSERT INTO change_item VALUES(2,3,2,NULL);
INSERT INTO change_item VALUES(2,3,18,'{"state":"live","change":2}');
INSERT INTO change_item VALUES(2,4,4,NULL);
INSERT INTO change_item VALUES(2,4,13,'{"name":"places","key":"places","modified_at":1795425089566,"change":4}');
INSERT INTO change_item VALUES(2,5,16,NULL);
INSERT INTO change_item VALUES(2,5,17,'{"state":"live","uid":"01a207ac-b856-765c-b4fa-5f84b1a7db1c","name":"inbox","key":"inbox","note":null,"schema":null,"created_at":1795425089622,"modified_at":1795425089622,"change":16}');
INSERT INTO change_item VALUES(2,6,19,NULL);
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
INSERT INTO category VALUES(1,X'01a207acb80a7aec83dde1576d8a255b','books','books',NULL,NULL,0,1795425089546,1795425089546,1);
INSERT INTO category VALUES(2,X'01a207acb80a7aec83dde1576d8a255c','books/sci-fi','books' || char(1) || 'sci-fi',NULL,NULL,1,1795425089546,1795425089546,1);
INSERT INTO category VALUES(4,X'01a207acb81e77989c5d0a47f691168c','towns','towns',NULL,'[{"key":"country","type":"text"}]',1,1795425089566,1795425089611,13);
INSERT INTO category VALUES(6,X'01a207acb863715e9ab62a16962bab4d','inbox','inbox',NULL,NULL,1,1795425089635,1795425089635,19);
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
INSERT INTO favourite VALUES(1,X'01a207acb80a7aec83dde1576d8a255d',2,6,1795425089546,1795425089576,NULL,0,'Dune (novel)','https://example.com/dune','["classic","desert"]','{"year":{"type":"number","value":1965}}','Read it twice.');
INSERT INTO favourite VALUES(4,X'01a207acb82373e9ac9e58beb0e27ffe',4,15,1795425089571,1795425089571,NULL,0,'Łódź',NULL,NULL,'{"country":{"type":"text","value":"Poland"}}',NULL);
INSERT INTO favourite VALUES(6,X'01a207acb863715e9ab62a16962bab4e',6,19,1795425089635,1795425089635,NULL,0,'kept',NULL,'["new"]',NULL,NULL);
CREATE TABLE block(
  id INTEGER PRIMARY KEY,
  category INTEGER NOT NULL,
  key INTEGER NOT NULL,
  count INTEGER NOT NULL CHECK(count > 0)
) STRICT;
INSERT INTO block VALUES(1,2,0,1);
INSERT INTO block VALUES(3,4,0,1);
INSERT INTO block VALUES(4,6,0,1);
CREATE TABLE place(
  favourite INTEGER PRIMARY KEY,
  block INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;
INSERT INTO place VALUES(1,1,1024);
INSERT INTO place VALUES(4,3,1024);
INSERT INTO place VALUES(6,4,1024);
CREATE TABLE tag(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  count INTEGER NOT NULL CHECK(count >= 0)
) STRICT;
INSERT INTO tag VALUES(1,'classic','classic',1);
INSERT INTO tag VALUES(2,'desert','desert',1);
INSERT INTO tag VALUES(3,'new','new',1);
CREATE TABLE tagging(
  tag INTEGER NOT NULL,
  favourite INTEGER NOT NULL,
  PRIMARY KEY(tag, favourite)
) STRICT, WITHOUT ROWID;
INSERT INTO tagging VALUES(1,1);
INSERT INTO tagging VALUES(2,1);
INSERT INTO tagging VALUES(3,6);
CREATE TABLE attribute(
  name TEXT NOT NULL,
  value ANY NOT NULL,
  favourite INTEGER NOT NULL,
  PRIMARY KEY(name, value, favourite)
) STRICT, WITHOUT ROWID;
INSERT INTO attribute VALUES('country','Poland',4);
INSERT INTO attribute VALUES('year',1965,1);
CREATE TABLE link(
  hash INTEGER NOT NULL,
  favourite INTEGER NOT NULL,
  PRIMARY KEY(hash, favourite)
) STRICT, WITHOUT ROWID;
INSERT INTO link VALUES(6242962372692446994,1);
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
INSERT INTO trash VALUES(2,X'01a207acb81276e1a19319d9563a3050',3,'films',2,1795425089586,8,1795425089554,1795425089554,NULL,0,'Amélie','https://example.com/film','["paris"]','{"seen":{"type":"date","value":"2024-02-11"}}',NULL);
INSERT INTO trash VALUES(3,X'01a207acb81977dbb1dddabbc643a17c',3,'films',1,1795425089631,18,1795425089561,1795425089581,NULL,0,'七人の侍',NULL,NULL,NULL,replace('three\nlines\n''quoted''','\n',char(10)));
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
INSERT INTO trash_category VALUES(3,X'01a207acb81276e1a19319d9563a304f','films','films',NULL,NULL,1795425089631,18,1795425089554,1795425089554);
CREATE TABLE totals(
  id INTEGER PRIMARY KEY CHECK(id = 1),
  favourites INTEGER NOT NULL CHECK(favourites >= 0),
  trashed INTEGER NOT NULL CHECK(trashed >= 0)
) STRICT;
INSERT INTO totals VALUES(1,3,2);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('change',19);
INSERT INTO sqlite_sequence VALUES('category',6);
INSERT INTO sqlite_sequence VALUES('favourite',6);
CREATE INDEX change_added ON change(last_added) WHERE last_added IS NOT NULL;
CREATE INDEX change_undone ON change(undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX change_item_change ON change_item(change);
CREATE UNIQUE INDEX favourite_uid ON favourite(uid);
CREATE INDEX favourite_title ON favourite(title COLLATE NOCASE);
CREATE INDEX favourite_created ON favourite(created_at);
CREATE INDEX favourite_modified ON favourite(modified_at);
CREATE INDEX favourite_opened ON favourite(ifnull(opened_at, 0));
CREATE INDEX favourite_used ON favourite(opened);
CREATE UNIQUE INDEX block_order ON block(category, key);
CREATE UNIQUE INDEX place_order ON place(block, position);
CREATE UNIQUE INDEX tag_name ON tag(key, name);
CREATE INDEX trash_deleted ON trash(deleted_at);
CREATE INDEX trash_uid ON trash(uid);
CREATE INDEX trash_category_key ON trash_category(key);
COMMIT;
PRAGMA application_id=1178687059;
PRAGMA user_version=1;
