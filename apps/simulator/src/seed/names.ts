/** `[as written, as it stands in an e-mail address]` */
export type SeedName = readonly [written: string, latin: string];

export type Culture =
  | 'arabic'
  | 'chinese'
  | 'dutch'
  | 'english'
  | 'french'
  | 'german'
  | 'hebrew'
  | 'indian'
  | 'italian'
  | 'japanese'
  | 'nigerian'
  | 'nordic'
  | 'polish'
  | 'portuguese'
  | 'spanish'
  | 'turkish';

/** `Zoë=zoe Jan` is two names: an own Latin spelling after `=`, otherwise the lower-cased name without its accents. */
const names = (list: string): readonly SeedName[] =>
  list.split(' ').map((entry): SeedName => {
    const [written = '', latin] = entry.replaceAll('_', ' ').split('=');
    return [written, latin ?? plain(written)];
  });

const plain = (written: string): string =>
  written
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll(/[^a-z0-9]/g, '');

/** First and family names by culture. */
export const namesOf: Readonly<
  Record<Culture, { readonly first: readonly SeedName[]; readonly last: readonly SeedName[] }>
> = {
  english: {
    first: names(
      'Alice Brandon Caitlin Derek Eleanor Frank Grace Harvey Imogen Jamal Kirsty Leroy Maeve Nigel Olivia Percy Quentin Rosie Stanley Tamsin',
    ),
    last: names(
      "Ashworth Blackwood Carmichael Dunmore Eastwood O'Brien Fairbanks Gallagher Hargreaves McAllister Kendrick Lockhart Merriweather Okafor-Smith Pemberton Quigley Ravenscroft St._John Thornbury Whitlock",
    ),
  },
  german: {
    first: names(
      'Anke Bärbel=baerbel Claus Dörte=doerte Emil Friederike Günther=guenther Hannelore Ines Jörg=joerg Käthe=kaethe Lutz Mareike Niklas Otto Petra Rüdiger=ruediger Sabine Thorsten Wiebke',
    ),
    last: names(
      'Achterberg Brückner=brueckner Cordes Dämmrich=daemmrich Eberhardt Füßling=fuessling Grünwald=gruenwald Hölzle=hoelzle Jäger=jaeger Kettelhut Lindenschmidt Mühlbauer=muehlbauer Niederstraßer=niederstrasser Oberländer=oberlaender Pfannenstiel Querfurth Rosskopf Schäfer=schaefer von_Tannenberg=vontannenberg Zöller=zoeller',
    ),
  },
  french: {
    first: names(
      'Amélie Benoît Chloé Didier Élodie François Gaëlle Hugo Inès Jérôme Léa Mathieu Noémie Océane Pascal Raphaël Solène Théo Yves Zoé',
    ),
    last: names(
      "Aubépin Beauchêne Charpentier d'Artois Desrosiers Fontenelle Guérin Haudiquet Jolivet L'Hospital Lefèvre Marchandeau Noël Pâquerette Quinquenel Roussillon Saint-Amand Thévenot Vauquelin Wagnières",
    ),
  },
  spanish: {
    first: names(
      'Agustín Begoña Ciro Dolores Esteban Fátima Ginés Inmaculada Joaquín Leticia Matías Nuria Óscar Pilar Rocío Sebastián Trinidad Úrsula Víctor Ximena',
    ),
    last: names(
      'Aldecoa Benavídez Cifuentes Domínguez Echeverría Fuentes_Rojas Garrido Ibáñez Jáuregui Landa Montenegro Núñez Ordóñez Peñalver Quiroga Ruíz_de_Alba Sepúlveda Túnez Urrutia Zúñiga',
    ),
  },
  italian: {
    first: names(
      'Agnese Bruno Chiara Dario Elisabetta Fabrizio Ginevra Ilaria Jacopo Lucrezia Matteo Niccolò Ornella Pietro Rosalba Salvatore Tiziana Ugo Valeria Zeno',
    ),
    last: names(
      "Arcuri Bellincioni Cavalcanti D'Angelo Esposito Falconieri Ghirardini Incalza Lombardi Mastrangelo Nardò Orsini Passalacqua Quaranta Rinaldi Sforza Tagliaferri Ubaldi Vernazza Zanardelli",
    ),
  },
  dutch: {
    first: names(
      'Anouk Bram Cornelia Daan Esmée Floris Geert Hanneke Ilse Joost Katrijn Loes Maarten Noor Pieter Renske Sjoerd Tineke Wouter Zoë',
    ),
    last: names(
      "de_Boer van_'t_Hof Brouwer Dijkstra van_Eijk Groeneveld Hoekstra Jansma Kuipers van_der_Linden Meulenbelt Nijhuis Oosterhof Postma Reijnders Schouten Terpstra Verbruggen Wiersma Zijlstra",
    ),
  },
  polish: {
    first: names(
      'Agnieszka Bogusław Celina Dariusz Elżbieta Franciszek Grażyna Henryk Iwona Jędrzej Katarzyna Łukasz Małgorzata Norbert Paweł Róża Stanisław Teresa Wiesław Żaneta',
    ),
    last: names(
      'Adamczyk Bąkowski Ciesielska Dąbrowa Fedorowicz Gołębiewski Jaśkiewicz Kościelniak Łęcki Mączyńska Niedźwiecki Ostrowska Pięta Rogóż Szczęsny Śliwińska Trzciński Wójcik Zając Żółtowska',
    ),
  },
  nordic: {
    first: names(
      'Åsa Bjørn Cecilie Dagfinn Elin Fredrik Gunnhild Håkan Ingrid Jørgen Kajsa Lars-Erik Maja Nils Ørjan Päivi Ragnhild Søren Tuva Östen',
    ),
    last: names(
      'Ahlgren Bergström Carlzon Dahlbäck Engebretsen Fagerholm Grønlund Hallström Ivarsson Järvinen Kjærgaard Lindqvist Møller Nyström Ødegård Persbrandt Rasmussen Sjöberg Thorvaldsen Åkerlund',
    ),
  },
  portuguese: {
    first: names(
      'Antônio Beatriz Caetano Débora Eduarda Flávio Glória Heloísa Ítalo Jussara Letícia Márcio Natália Otávio Patrícia Raíssa Simão Thaís Valéria Zeca',
    ),
    last: names(
      'Albuquerque Brandão Conceição Damasceno Evangelista Figueirêdo Guimarães Hortênsio Junqueira Lourenço Magalhães Nóbrega Oliveira_e_Silva Paixão Queirós Rebouças Sant’Anna=santanna Tavares Uchôa Vilaça',
    ),
  },
  turkish: {
    first: names(
      'Ayşe Burak Çiğdem Deniz Emre Fatma Gökhan Hülya İbrahim=ibrahim Kübra Mehmet Nurgül Oğuz Özlem Pınar Rüştü Seda Tuğba Ümit Yıldız',
    ),
    last: names(
      'Akbaş Bozkurt Çağlar Demirtaş Erdoğmuş Fındık Güneş Hamzaoğlu Işık Kılıç Laçin Mutlu Nalbantoğlu Özkök Pekcan Sarıgül Şahin Tekeli Uçar Yavuz',
    ),
  },
  indian: {
    first: names(
      'Aarav Bhavna Chirag Divya Esha Farhan Gayatri Harish Ishita Jagdish Kavya Lakshman Meera Nikhil Padma Rajesh Savitri Tejas Usha Vikram',
    ),
    last: names(
      'Agnihotri Bhattacharya Chaudhary Deshmukh Fernandes Gopalakrishnan Hegde Iyer Jadhav Kulkarni Lokhande Mukherjee Nair Ojha Pillai Qureshi Raghunathan Subramaniam Trivedi Venkataraman',
    ),
  },
  nigerian: {
    first: names(
      'Adaeze Babajide Chidi Damilola Ebuka Folasade Gbenga Halima Ifeoma Jide Kelechi Lola Musa Ngozi Obinna Patience Rotimi Sade Tunde Yetunde',
    ),
    last: names(
      'Abiodun Balogun Chukwuemeka Danjuma Eze Fashola Garba Ihejirika Jakande Kuti Lawal Madubuike Nwosu Okonkwo Peterside Rotiba Sanusi Tinubu Uzoma Yakubu',
    ),
  },
  arabic: {
    first: names(
      'محمد=mohammed فاطمة=fatima يوسف=youssef ليلى=layla خالد=khaled نور=noor عمر=omar مريم=mariam حسن=hassan سلمى=salma إبراهيم=ibrahim هدى=huda',
    ),
    last: names(
      'الحسيني=alhusseini العتيبي=alotaibi المصري=almasri الشامي=alshami بن_سالم=binsalem القحطاني=alqahtani حداد=haddad النجار=alnajjar عبد_الرحمن=abdulrahman الزهراني=alzahrani',
    ),
  },
  hebrew: {
    first: names('יעל=yael דוד=david נועה=noa איתן=eitan שירה=shira משה=moshe תמר=tamar אורי=ori רחל=rachel גיל=gil'),
    last: names(
      'כהן=cohen לוי=levi מזרחי=mizrahi פרידמן=friedman אברהמי=avrahami ביטון=biton בן-דוד=bendavid שפירא=shapira גולן=golan אזולאי=azoulay',
    ),
  },
  chinese: {
    first: names(
      '伟=wei 芳=fang 娜=na 秀英=xiuying 敏=min 静=jing 建国=jianguo 晓明=xiaoming 丽华=lihua 志强=zhiqiang',
    ),
    last: names('王=wang 李=li 张=zhang 刘=liu 陈=chen 欧阳=ouyang 赵=zhao 黄=huang 周=zhou 司马=sima'),
  },
  japanese: {
    first: names(
      '陽菜=hina 大翔=hiroto さくら=sakura 健太=kenta 美咲=misaki 蓮=ren ゆうこ=yuko 翼=tsubasa 葵=aoi 直樹=naoki',
    ),
    last: names(
      '佐藤=sato 鈴木=suzuki 髙橋=takahashi 渡邊=watanabe 伊藤=ito 小林=kobayashi 𠮷田=yoshida 山口=yamaguchi 森=mori 池田=ikeda',
    ),
  },
};
