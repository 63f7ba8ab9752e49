/** Names as they stand in the lists of German schools, by where families come from. Surnames of women where they differ. */
export interface NameStock {
  readonly weight: number
  readonly given: readonly string[]
  readonly surnames: readonly string[]
}

const words = (text: string): readonly string[] => text.trim().split(/\s*,\s*/)

export const stocks: readonly NameStock[] = [
  {
    weight: 58,
    given: words(`Mia, Emma, Sofia, Hannah, Emilia, Anna, Marie, Lena, Lina, Leonie, Lea, Clara, Johanna, Ida, Frieda,
      Charlotte, Mathilda, Greta, Paula, Luisa, Jördis, Käthe, Zoë, Chloé, Nele, Merle, Fiete, Björn, Jörg, Jürgen, Noah,
      Ben, Paul, Leon, Finn, Elias, Luis, Jonas, Felix, Lukas, Maximilian, Henry, Emil, Anton, Theo, Jakob, Oskar, Moritz,
      Julian, Tim, Till, Matteo, Malte, Sören, Anna-Lena, Lisa-Marie, Karl-Heinz, Jan-Philipp, Marie Sophie, Hans Peter`),
    surnames:
      words(`Müller, Schmidt, Schneider, Fischer, Weber, Meyer, Meier, Maier, Mayr, Wagner, Becker, Schulz, Hoffmann,
      Schäfer, Koch, Bauer, Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, Krüger, Hofmann, Hartmann,
      Lange, Werner, Krause, Lehmann, Köhler, Maaß, Weiß, Groß, Strauß, Jäger, Kühn, Böhm, Götz, Vogt, Sauer, Pohl, Engel,
      Busch, Möller, Grünwald, Lüdenscheidt, Brömmelkamp, Oetken, Janßen, Müller-Lüdenscheidt, Schulze-Delitzsch,
      von der Heide, von Bergen, zu Putlitz, Meyer zu Selhausen, vom Stein`),
  },
  {
    weight: 14,
    given:
      words(`Elif, Zeynep, Ayşe, Çağla, İpek, Şeyma, Büşra, Gülşen, Nazlı, Yağmur, Emre, Mehmet, Yiğit, Çınar, Kağan,
      Ömer, Oğuz, İsmail, Işıl, Alperen, Tuğba, Müge, Hüseyin, Barış`),
    surnames:
      words(`Yılmaz, Kaya, Demir, Şahin, Çelik, Yıldız, Öztürk, Aydın, Özdemir, Arslan, Doğan, Kılıç, Aslan, Çetin,
      Kara, Koç, Kurt, Özkan, Şimşek, Güneş, Işık, Erdoğan, Ağaoğlu, Büyükyılmaz`),
  },
  {
    weight: 9,
    given: words(`Zofia, Łucja, Małgorzata, Agnieszka, Oliwia, Wiktoria, Łukasz, Paweł, Michał, Stanisław, Krzysztof,
      Mikołaj, Świętosław, Bożena, Grażyna, Jędrzej`),
    surnames:
      words(`Nowak, Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Woźniak, Dąbrowski, Kozłowski,
      Jankowski, Krawczyk, Piętka, Żółkiewski, Szczęsny, Brzęczyszczykiewicz, Łaska`),
  },
  {
    weight: 6,
    given:
      words(`Thị Ánh Tuyết, Minh Anh, Thảo Nguyên, Thùy Linh, Đức Anh, Hoàng Long, Quốc Bảo, Văn Dũng, Ngọc Hân, Gia Huy,
      Phương Thảo, Hữu Phước`),
    surnames: words(`Nguyễn, Trần, Lê, Phạm, Huỳnh, Hoàng, Phan, Vũ, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý`),
  },
  {
    weight: 8,
    given:
      words(`Fatima, Amina, Layla, Nour, Yasmin, Salma, Mohammed, Muhammad, Ahmad, Youssef, Omar, Ali, Khaled, Abd al-Rahman,
      Nūr ad-Dīn, Ḥasan, Zaynab, Aʼisha`),
    surnames:
      words(`Al-Khatib, Al Hussein, El Amrani, Ben Salah, Abu Bakr, Haddad, al-ʿAbdullāh, Al-Masri, Hamdan, Khalil, Saleh,
      Darwish, Bin Laith, Ait Ouarab`),
  },
  {
    weight: 4,
    given: words(`Алексей, Наталья, Юлия, Дмитрий, Щепан, Мар'яна, Їванна, Ђорђе, Љубица, Евгений, Анастасия, Фёдор`),
    surnames: words(
      `Иванов, Щербаков, Шевченко, Коваленко, Подъячев, Гёте, Їжакевич, Ђорђевић, Жуков, Цветаева, Хрущёв`,
    ),
  },
  {
    weight: 1,
    given: words(`محمد, فاطمة, يوسف, مريم`),
    surnames: words(`الحسن, خليل, ابو بكر, النجار`),
  },
]

/** People whom somebody will stumble over, as given name, surname, birth date; those of one line sit in one class. */
export const traps: readonly {
  readonly trap: string
  readonly people: readonly (readonly [string, string, string?])[]
}[] = [
  {
    trap: 'twins',
    people: [
      ['Lena', 'Brömmelkamp', '2013-05-04'],
      ['Lina', 'Brömmelkamp', '2013-05-04'],
    ],
  },
  {
    trap: 'twins of long names',
    people: [
      ['Maximilian', 'Müller-Lüdenscheidt', '2012-02-29'],
      ['Maximiliane', 'Müller-Lüdenscheidt', '2012-02-29'],
    ],
  },
  {
    trap: 'triplets',
    people: [
      ['Jan', 'Kowalski', '2014-11-30'],
      ['Jana', 'Kowalski', '2014-11-30'],
      ['Jan-Luca', 'Kowalski', '2014-11-30'],
    ],
  },
  {
    trap: 'one name, one birth date, one class',
    people: [
      ['Anna', 'Müller', '2013-03-31'],
      ['Anna', 'Müller', '2013-03-31'],
    ],
  },
  {
    trap: 'one name, two birth dates',
    people: [
      ['Paul', 'Schmidt', '2012-07-01'],
      ['Paul', 'Schmidt', '2013-01-07'],
    ],
  },
  {
    trap: 'one name in two spellings',
    people: [
      ['Jürgen', 'Groß', '2011-12-24'],
      ['Juergen', 'Gross', '2011-12-24'],
    ],
  },
  {
    trap: 'names swapped',
    people: [
      ['Ali', 'Hassan', '2013-09-09'],
      ['Hassan', 'Ali', '2013-09-09'],
    ],
  },
  {
    trap: 'no birth date',
    people: [
      ['Mia', 'Sauer'],
      ['Ngọc', 'Đỗ'],
      ['Mia', 'Sauer'],
    ],
  },
  {
    trap: 'very long',
    people: [
      [
        'Maximilian Alexander Konstantin Ferdinand Emanuel Leopold Balthasar Theodor',
        'Freiherr von und zu Oberhauserberger-Schulze-Delitzsch auf Niederwaldkirchen',
        '2012-10-10',
      ],
    ],
  },
  {
    trap: 'very short',
    people: [
      ['Ö', 'Y', '2013-08-08'],
      ['Bo', 'Ek', '2013-08-09'],
    ],
  },
  {
    trap: 'apostrophes',
    people: [
      ['Sinéad', "O'Neill", '2012-03-17'],
      ['Gianni', 'D’Angelo', '2012-03-18'],
    ],
  },
  {
    trap: 'words of programs',
    people: [
      ['Null', 'Root', '2013-01-01'],
      ['True', 'Test', '2013-01-02'],
      ['Anna', 'Admin', '2013-01-03'],
    ],
  },
  { trap: 'a birth date on 29 February', people: [['Jonas', 'Schalk', '2012-02-29']] },
  {
    trap: 'particles',
    people: [
      ['Louis', 'de la Cruz', '2012-05-05'],
      ['Femke', 'van den Berg', '2012-05-06'],
      ['Friederike', 'von der Leien gen. Halberg', '2012-05-07'],
    ],
  },
]
