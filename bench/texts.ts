/** Comments as readers write them (120 to 200 characters), in the languages of Stet's first newsrooms, written for this
 *  benchmark. One in fourteen breaks a guideline, so that screening has something to find. */
export const texts: readonly { name: string; text: string }[] = [
  {
    name: 'Ada Novak',
    text: 'The bridge was promised for years, and it is good that it opens at last. But why did nobody ask the people who live beside it? The noise at night is hard.',
  },
  {
    name: 'M. Okafor',
    text: 'I take the seven o’clock ferry with two children and a bicycle. If the timetable changes again in March, please print it a week before and not the day after.',
  },
  {
    name: 'Ruth',
    text: 'Your article names the contractor but not the price. The council’s own minutes have it on page four; a newspaper should not need a reader to look it up for it.',
  },
  {
    name: 'Samir',
    text: 'What an idiot wrote this budget? My street has been without lamps since the storm, and they find the money for a second fountain on the market square.',
  },
  {
    name: 'ڕۆژین',
    text: 'پردەکە چەند ساڵ بوو بەڵێنی پێ درابوو، خۆشە کە لە کۆتاییدا دەکرێتەوە. بەڵام بۆچی کەس پرسی بەو خەڵکە نەکرد کە لە تەنیشتی دەژین؟ دەنگەدەنگی شەو قورسە.',
  },
  {
    name: 'کاروان',
    text: 'هەموو بەیانییەک بە کەشتی دەچم بۆ سەر کار. تکایە ئەگەر کاتەکان گۆڕان، هەفتەیەک پێشتر بڵاوی بکەنەوە، نەک ڕۆژێک دوای ئەوە. سوپاس بۆ هەواڵەکە.',
  },
  {
    name: 'شیلان',
    text: 'ڕۆژنامەکەتان باسی نرخی پڕۆژەکە ناکات. ئەمە گرنگترین پرسیارە بۆ ئێمە کە باج دەدەین، تکایە جارێکی تر لە شارەوانی بپرسن و وەڵامەکە بڵاو بکەنەوە.',
  },
  {
    name: 'ليلى',
    text: 'وعدونا بالجسر منذ سنوات، ومن الجيد أنه سيفتح أخيرا. لكن لماذا لم يسأل أحد السكان الذين يعيشون بجانبه؟ الضجيج في الليل لا يحتمل، والأطفال لا ينامون.',
  },
  {
    name: 'أبو كريم',
    text: 'شكرا على المقال، لكن ينقصه رأي أصحاب المحلات في السوق القديم. افتتاح السوق الجديد يعني أن نصفهم سيغلق قبل نهاية السنة، وهذا ما يجب أن يقال.',
  },
  {
    name: 'Berfîn',
    text: 'Pir bi salan soz hat dayîn, xweş e ku di dawiyê de vedibe. Lê çima kes ji xelkê ku li kêleka wê dijîn nepirsî? Dengê şevê giran e û zarok nikarin razên.',
  },
  {
    name: 'Rêber',
    text: 'Her sibe bi keştiyê diçim kar. Ji kerema xwe heke dem biguherin, hefteyek berê binivîsin, ne rojek paşê. Rojnameya me divê vê yekê ji şaredariyê bipirse.',
  },
  {
    name: 'Elif Kaya',
    text: 'Köprü yıllardır söz veriliyordu, sonunda açılması güzel. Ama yanında oturanlara neden kimse sormadı? Geceleri gürültü dayanılmaz, çocuklar uyuyamıyor.',
  },
  {
    name: 'مریم',
    text: 'سال‌هاست که وعدهٔ این پل را می‌دادند و خوب است که سرانجام باز می‌شود. اما چرا هیچ‌کس از مردمی که کنار آن زندگی می‌کنند نپرسید؟ سروصدای شب زیاد است.',
  },
  {
    name: 'Jürgen B.',
    text: 'Seit Jahren wurde die Brücke versprochen, schön, dass sie endlich öffnet. Nur: Warum hat niemand die Leute gefragt, die daneben wohnen? Nachts ist es laut.',
  },
];
