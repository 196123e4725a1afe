/// What columns are called in tables of other programs, in the languages that these speak: as `TableField.plain`
/// writes a name, the best first.
enum TableNames {
  static let titles = [
    "title", "full_name", "name_with_owner", "path_with_namespace", "name", "page_title", "titel",
    "titre", "título", "titulo", "titolo",
    "tytuł", "název", "nazwa", "naam", "navn", "namn", "naslov", "titlu", "otsikko", "nimi",
    "başlık", "cím", "nom", "nombre", "nome", "название", "заголовок", "имя", "标题", "標題",
    "名称", "名稱", "タイトル", "名前", "제목", "이름",
  ]

  /// Names of links which are those, whatever the cells hold.
  static let links = [
    "html_url", "web_url", "url", "link", "href", "uri", "permalink", "web_address", "webadresse",
    "lien", "enlace", "collegamento", "koppeling", "odnośnik", "länk", "lenke", "ссылка", "链接",
    "連結", "网址", "網址", "リンク", "링크",
  ]

  /// Names of links, where the cells are such.
  static let weakLinks = [
    "address", "bookmark", "website", "webseite", "adresse", "dirección", "direccion", "indirizzo",
    "endereço", "adres", "адрес", "signet", "lesezeichen", "vínculo", "page", "site", "homepage",
  ]

  static let notes = [
    "note", "notes", "description", "desc", "comment", "comments", "extended", "excerpt",
    "summary", "review", "notiz", "notizen", "beschreibung", "kommentar", "anmerkung",
    "anmerkungen", "remarque", "commentaire", "nota", "notas", "descripción", "descripcion",
    "comentario", "descrizione", "commento", "descrição", "comentário", "omschrijving",
    "beschrijving", "opmerking", "notitie", "opis", "notatka", "beskrivning", "beskrivelse",
    "заметка", "описание", "комментарий", "备注", "描述", "備註", "メモ", "説明", "메모", "설명",
  ]

  static let categories = [
    "category", "folder", "collection", "path", "folders", "categories", "folder_name", "list",
    "kategorie", "ordner", "catégorie", "dossier", "categoría", "carpeta", "categoria", "cartella",
    "pasta", "categorie", "kategoria", "mappe", "mapp", "папка", "категория", "文件夹", "分类",
    "フォルダ", "カテゴリ",
  ]

  static let tags = [
    "tags", "labels", "keywords", "tag", "label", "topics", "tag_list", "schlagwörter",
    "schlagworte", "stichwörter", "stichworte", "etiketten", "étiquettes", "mots_clés",
    "etiquetas", "etichette", "trefwoorden", "tagi", "etykiety", "теги", "метки", "标签", "標籤",
    "タグ", "태그",
  ]

  /// Names that say that the making of the favourite is meant.
  static let made = [
    "created_at", "created", "createdat", "date_added", "dateadded", "add_date", "time_added",
    "added", "added_at", "addedat", "added_on", "date_created", "created_time", "created_on",
    "created_utc",
    "time_created", "saved", "saved_at", "savedat", "saved_on", "saved_date", "date_saved",
    "bookmarked_at", "starred_at", "listed_at", "liked_at", "collected_at", "entry_date",
    "creation_date", "creation_time", "hinzugefügt", "hinzugefügt_am", "erstellt",
    "erstellt_am", "erstellungsdatum", "gespeichert_am", "angelegt_am", "ajouté", "ajouté_le",
    "date_ajout", "date_d'ajout", "date_d’ajout", "créé", "créé_le", "date_de_création", "creado",
    "creado_el", "añadido", "agregado", "fecha_de_creación", "fecha_de_adición", "creato",
    "aggiunto", "data_di_creazione", "criado", "criado_em", "adicionado", "adicionado_em",
    "data_de_criação", "toegevoegd", "toegevoegd_op", "aangemaakt", "gemaakt_op", "dodano",
    "utworzono", "skapad", "tillagd", "oprettet", "opprettet", "создано", "добавлено",
    "创建时间", "添加时间", "作成日", "追加日", "rated_at", "date_rated", "watched_at",
  ]

  /// Names that say only that there is a date.
  static let vague = [
    "date", "time", "timestamp", "datum", "zeit", "zeitstempel", "fecha", "fecha_y_hora",
    "horodatage", "dato", "дата", "日期", "日付", "날짜",
  ]

  /// The words that a name ends or begins with which is the name of something's link.
  static let linkWords = ["url", "uri", "link", "permalink"]

  /// The words that, beside the name of a thing, are the name of its title.
  static let titleWords = [
    "title", "name", "titel", "titre", "título", "titulo", "titolo", "nom", "nombre", "nome",
    "naam", "namn", "navn", "tytuł", "nazwa", "название", "标题", "名称",
  ]

  /// Columns that some service has instead of a link.
  static let videos = [
    "video_id", "id_vidéo", "id_de_la_vidéo", "id_video", "id_de_video", "id_del_video",
    "id_del_vídeo", "id_de_vídeo", "id_do_vídeo", "identyfikator_filmu", "id_filmu", "videons_id",
    "идентификатор_видео", "视频_id", "影片_id", "動画_id", "동영상_id",
  ]

  /// What a name says of whose link a column is: `channel` of `channel_url`, `de_la_chaîne` of
  /// `url_de_la_chaîne`; nil where it names no link so.
  static func owner(ofLink name: String) -> String? {
    for word in linkWords {
      if name.utf8.count > word.utf8.count + 1 {
        if name.hasSuffix("_" + word) { return String(name.dropLast(word.count + 1)) }
        if name.hasPrefix(word + "_") { return String(name.dropFirst(word.count + 1)) }
      }
    }
    return nil
  }

  /// Whether a name is that of the title of a thing whose link an owner names.
  static func isTitle(_ name: String, of owner: String) -> Bool {
    titleWords.contains { word in
      name == owner + "_" + word || name == owner + word || name == word + "_" + owner
    }
  }
}
