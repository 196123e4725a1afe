internal import Favourites

/// Names of columns in tables of other programs, in the languages that these use: in the form of
/// `TableField.plain`, the best first.
enum TableNames {
  static let titles = [
    "title", "full_name", "name_with_owner", "path_with_namespace", "name", "page_title", "titel",
    "titre", "título", "titulo", "titolo",
    "tytuł", "název", "nazwa", "naam", "navn", "namn", "naslov", "titlu", "otsikko", "nimi",
    "başlık", "cím", "nom", "nombre", "nome", "название", "заголовок", "имя", "标题", "標題",
    "名称", "名稱", "タイトル", "名前", "제목", "이름", "назва", "ime", "naziv", "rubrik", "τίτλος", "όνομα",
    "العنوان", "عنوان", "الاسم", "כותרת", "שם", "शीर्षक", "नाम", "ชื่อ", "tiêu_đề", "judul",
    "tajuk", "given_title", "resolved_title",
  ]

  /// Names of the kind of item, used if no column is named as a title: the title of a film may be
  /// in the column `Film`.
  static let things = [
    "track_name", "track", "song", "song_title", "movie", "movie_title", "film", "film_title",
    "book",
    "book_title", "game", "show", "series", "episode", "podcast", "album", "recipe", "restaurant",
    "place", "quote", "buch", "buchtitel", "filmtitel", "lied", "spiel", "serie", "rezept", "ort",
    "livre", "chanson", "jeu", "série", "recette", "lieu", "libro", "película", "pelicula",
    "canción",
    "juego", "receta", "lugar", "livro", "filme", "música", "jogo", "canzone", "gioco", "ricetta",
    "luogo", "boek", "książka", "bok", "låt", "книга", "фильм", "песня", "игра", "место", "书", "书名",
    "電影", "电影", "歌曲", "曲名", "本", "映画", "作品名",
  ]

  /// Names of columns for links, whatever their cells contain.
  static let links = [
    "html_url", "web_url", "url", "link", "href", "uri", "permalink", "web_address", "webadresse",
    "lien", "enlace", "collegamento", "koppeling", "odnośnik", "länk", "lenke", "ссылка", "链接",
    "連結", "网址", "網址", "リンク", "링크", "bağlantı", "odkaz", "poveznica", "povezava", "legătură",
    "hivatkozás",
    "linkki", "linkit", "посилання", "връзка", "σύνδεσμος", "الرابط", "رابط", "קישור", "लिंक",
    "ลิงก์", "liên_kết", "tautan", "pautan", "ligação", "hiperlink", "hyperlink", "link_url",
    "weblink", "verweis", "given_url", "resolved_url",
  ]

  /// Names of columns for links, if their cells are links.
  static let weakLinks = [
    "address", "bookmark", "website", "webseite", "adresse", "dirección", "direccion", "indirizzo",
    "endereço", "adres", "адрес", "signet", "lesezeichen", "vínculo", "page", "site", "homepage",
  ]

  static let notes = [
    "note", "notes", "description", "desc", "comment", "comments", "extended", "excerpt",
    "summary", "review", "text_content", "notiz", "notizen", "beschreibung", "kommentar",
    "anmerkung",
    "anmerkungen", "remarque", "commentaire", "nota", "notas", "descripción", "descripcion",
    "comentario", "descrizione", "commento", "descrição", "comentário", "omschrijving",
    "beschrijving", "opmerking", "notitie", "opis", "notatka", "beskrivning", "beskrivelse",
    "заметка", "описание", "комментарий", "备注", "描述", "備註", "メモ", "説明", "메모", "설명", "заметки",
    "примечание",
    "примечания", "bemerkung", "bemerkungen", "remarques", "commentaires", "observaciones",
    "comentarios",
    "commenti", "appunti", "observação", "observações", "comentários", "opmerkingen", "notities",
    "notatki",
    "uwagi", "komentarz", "anteckning", "anteckningar", "kommentarer", "notat", "notater",
    "bemærkninger",
    "notlar", "açıklama", "poznámka", "poznámky", "popis", "muistiinpano", "muistiinpanot",
    "kuvaus",
    "примітки", "опис", "ملاحظات", "ملاحظة", "הערות", "הערה", "备忘", "评论", "笔记", "筆記", "コメント", "비고",
  ]

  static let categories = [
    "category", "folder", "collection", "path", "folders", "categories", "folder_name", "list",
    "kategorie", "ordner", "catégorie", "dossier", "categoría", "carpeta", "categoria", "cartella",
    "pasta", "categorie", "kategoria", "mappe", "mapp", "папка", "категория", "文件夹", "分类",
    "フォルダ", "カテゴリ", "フォルダー", "カテゴリー", "폴더", "분류", "카테고리", "資料夾", "分類", "类别", "目录", "klasör",
    "kategori", "složka", "kategorie", "kansio", "katalog", "sammlung", "verzameling",
    "raccolta", "colección", "coleção", "папки", "المجلد", "الفئة", "תיקייה", "קטגוריה",
  ]

  static let tags = [
    "tags", "labels", "keywords", "tag", "label", "topics", "tag_list", "tag_names", "tagnames",
    "hashtags", "marcadores", "palavras_chave", "palabras_clave", "parole_chiave", "tagit",
    "taggar",
    "etiketter", "nøgleord", "nyckelord", "etiketler", "štítky", "címkék", "słowa_kluczowe",
    "mots_clefs",
    "schlagwort", "étiquette", "trefwoord", "тег", "ключевые_слова", "мітки", "الوسوم", "תגיות",
    "关键词",
    "關鍵字", "キーワード", "라벨", "schlagwörter",
    "schlagworte", "stichwörter", "stichworte", "etiketten", "étiquettes", "mots_clés",
    "etiquetas", "etichette", "trefwoorden", "tagi", "etykiety", "теги", "метки", "标签", "標籤",
    "タグ", "태그",
  ]

  /// Names that mean the creation of the favourite.
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
    "创建时间", "添加时间", "作成日", "追加日", "rated_at", "date_rated", "watched_at", "played_at",
    "scrobbled_at", "utc_time",
  ]

  /// Names that mean only that there is a date.
  static let vague = [
    "date", "time", "timestamp", "datum", "zeit", "zeitstempel", "fecha", "fecha_y_hora",
    "horodatage", "dato", "дата", "日期", "日付", "날짜",
  ]

  /// Words at the beginning or end of a name for the link of something.
  static let linkWords = ["url", "uri", "link", "permalink"]

  /// Words that, together with the name of an item, name its title.
  static let titleWords = [
    "title", "name", "titel", "titre", "título", "titulo", "titolo", "nom", "nombre", "nome",
    "naam", "namn", "navn", "tytuł", "nazwa", "название", "标题", "名称", "titles", "names", "titres",
    "títulos", "titulos", "titoli", "noms", "nombres", "nomi", "nomes", "namen", "titels",
  ]

  /// Whether a column of links contains only links to images.
  static func isPicture(_ name: String) -> Bool {
    pictures.contains { name.contains(ascii: $0) }
  }

  private static let pictures = [
    "image", "cover", "thumb", "poster", "icon", "avatar", "picture", "photo", "logo", "banner",
    "artwork", "screenshot", "img", "bild", "foto", "preview", "imagen", "imagem", "immagine",
  ]

  /// Words for dates and for creation, from which names such as `Data dodania` are composed.
  static let dateWords: Set<String> = [
    "date", "data", "datum", "fecha", "dato", "дата", "time", "zeit", "timestamp", "zeitstempel",
    "zeitpunkt", "heure", "hora", "ora", "tarih", "tarihi", "päivämäärä", "dátum", "ημερομηνία",
  ]
  static let makingWords: Set<String> = [
    "added", "created", "saved", "bookmarked", "starred", "liked", "favorited", "favourited",
    "loved",
    "pinned", "collected", "hearted", "upvoted", "creation", "addition", "hinzugefügt",
    "hinzufügens", "hinzufügung", "erstellt", "erstellung", "gespeichert", "angelegt", "ajout",
    "ajouté",
    "ajoutée", "création", "créé", "créée", "enregistré", "enregistrée", "enregistrement",
    "creación",
    "creado", "creada", "añadido", "añadida", "agregado", "agregada", "adición", "guardado",
    "guardada",
    "creazione", "creato", "creata", "aggiunto", "aggiunta", "salvato", "salvata", "criação",
    "criado",
    "criada", "adicionado", "adicionada", "adição", "salvo", "salva", "inclusão", "toegevoegd",
    "toevoeging", "aangemaakt", "gemaakt", "opgeslagen", "dodania", "dodano", "utworzenia",
    "utworzono",
    "zapisania", "zapisano", "skapad", "tillagd", "sparad", "oprettet", "opprettet", "tilføjet",
    "lagret",
    "eklenme", "eklendi", "oluşturma", "oluşturulma", "kaydedilme", "lisätty", "luotu",
    "tallennettu",
    "přidáno", "přidání", "vytvořeno", "vytvoření", "добавлено", "добавлен", "добавления",
    "создано",
    "создан", "создания", "сохранено", "сохранения", "додано", "додавання", "створено", "створення",
  ]
  static let smallWords: Set<String> = [
    "on", "at", "of", "the", "am", "der", "des", "dem", "le", "la", "de", "du", "d", "el", "en",
    "del",
    "il", "di", "della", "dell", "da", "do", "em", "op", "van", "den", "av", "af", "utc", "gmt",
  ]

  /// Whether a name is composed only of words for creating, adding or storing, and for dates.
  static func isOfMaking(_ name: String) -> Bool {
    var isMaking = false
    let marks: [Unicode.Scalar] = ["_", "'", "’", "(", ")", ":", ".", "/"]
    let words = name.unicodeScalars.split { marks.contains($0) }
    for word in words.map({ String($0) }) {
      if makingWords.contains(word) {
        isMaking = true
      } else if !dateWords.contains(word), !smallWords.contains(word) {
        return false
      }
    }
    return isMaking
  }

  /// Columns that some services have instead of links.
  static let videos = [
    "video_id", "id_vidéo", "id_de_la_vidéo", "id_video", "id_de_video", "id_del_video",
    "id_del_vídeo", "id_de_vídeo", "id_do_vídeo", "identyfikator_filmu", "id_filmu", "videons_id",
    "идентификатор_видео", "视频_id", "影片_id", "動画_id", "동영상_id",
  ]

  /// The item whose link a column contains: `channel` for `channel_url`, `de_la_chaîne` for
  /// `url_de_la_chaîne`; nil if the name is not of this form.
  static func owner(ofLink name: String) -> String? {
    for word in linkWords {
      if name.utf8.count > word.utf8.count + 1 {
        if name.hasSuffix("_" + word) { return String(name.dropLast(word.count + 1)) }
        if name.hasPrefix(word + "_") { return String(name.dropFirst(word.count + 1)) }
      }
    }
    return nil
  }

  /// Whether a name is that of the title of an item with a link.
  static func isTitle(_ name: String, of owner: String) -> Bool {
    titleWords.contains { word in
      name == owner + "_" + word || name == owner + word || name == word + "_" + owner
    }
  }
}
