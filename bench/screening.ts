// What one screening costs, in microseconds: the median of five rounds per row, over
// texts written for this file. Run it alone on an idle machine:
//   node_modules/.bin/node bench/screening.ts
import { performance } from 'node:perf_hooks';

const loadStart = performance.now();
const { detectLanguage, prepareStory, screen } = await import('../src/screening/index.ts');
screen({ text: 'The first comment builds the lists of its language.' });
const loadMilliseconds = performance.now() - loadStart;

const texts: Record<string, string> = {
  en: 'I have lived on this street for thirty years and the council never once asked us what we need. A bus every hour is not a service, it is an apology. Please print the numbers they gave you beside theirs.',
  ckb: 'من سی ساڵە لەم گەڕەکە دەژیم و شارەوانی هەرگیز لێی نەپرسیوین چیمان پێویستە. پاسێک بۆ هەر کاتژمێرێک خزمەتگوزاری نییە، داوای لێبوردنە. تکایە ژمارەکانیان لە تەنیشت ژمارەکانی ئەوان بڵاو بکەنەوە سوپاس.',
  ar: 'أعيش في هذا الشارع منذ ثلاثين عاما ولم تسألنا البلدية يوما عما نحتاج إليه. حافلة كل ساعة ليست خدمة بل اعتذار. أرجو أن تنشروا الأرقام التي قدموها لكم إلى جانب أرقامهم حتى يعرف الناس الحقيقة كاملة.',
  tr: 'Otuz yıldır bu sokakta yaşıyorum, belediye bir kez olsun neye ihtiyacımız olduğunu sormadı. Saatte bir otobüs hizmet değil, özürdür. Lütfen size verdikleri rakamları onların rakamlarının yanına yazın.',
  de: 'Ich wohne seit dreißig Jahren in dieser Straße und die Stadt hat uns nie gefragt, was wir brauchen. Ein Bus pro Stunde ist kein Angebot, sondern eine Ausrede. Bitte druckt beide Zahlen nebeneinander.',
};

const story = {
  headline: 'Council cuts bus services in the northern quarter',
  standfirst: 'From March a bus will run once an hour; residents say nobody asked them.',
  text: 'The city council decided on Tuesday to cut bus services in the northern quarter. '.repeat(40),
  tags: ['transport', 'council'],
};
const profile = prepareStory(story);
const fingerprints = Array.from({ length: 200 }, (_, i) => (i * 2654435761).toString(16).padStart(16, '0').slice(-16));

/** The median of five rounds, in microseconds per call. */
function measure(calls: number, call: () => unknown): number {
  for (let i = 0; i < calls; i++) call();
  const rounds = Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call();
    return ((performance.now() - start) * 1000) / calls;
  });
  return rounds.sort((a, b) => a - b)[2] as number;
}

for (let i = 0; i < 20_000; i++) screen({ text: Object.values(texts)[i % 5] as string, story: profile });
const rows: [string, number][] = [];
for (const [lang, text] of Object.entries(texts)) {
  rows.push([`${lang}, ${text.length} units, language only`, measure(4000, () => detectLanguage(text))]);
  rows.push([`${lang}, ${text.length} units`, measure(4000, () => screen({ text }))]);
  rows.push([
    `${lang}, with a prepared story and a parent`,
    measure(4000, () => screen({ text, story: profile, parent: texts.en })),
  ]);
}
const english = texts.en as string;
rows.push([
  'en, with 200 recent fingerprints',
  measure(2000, () => screen({ text: english }, { recentFingerprints: fingerprints })),
]);
rows.push(['en, story not prepared (3,300 units)', measure(300, () => screen({ text: english, story }))]);
const hostile: Record<string, string> = {
  'a run then !': `${'a'.repeat(19_999)}!`,
  'combining marks': `a${'\u0301'.repeat(19_999)}`,
  'letters apart': 'f '.repeat(10_000),
  'masked words': 'f*** '.repeat(4_000),
  'http colon run': 'http://'.repeat(2_900),
  'a swearword, again': 'fuck '.repeat(4_000),
};
for (const [name, text] of Object.entries(hostile))
  rows.push([`hostile 20 KB: ${name}`, measure(20, () => screen({ text }))]);

console.log(`load and first comment: ${loadMilliseconds.toFixed(0)} ms`);
for (const [name, microseconds] of rows) console.log(`${microseconds.toFixed(1).padStart(9)} µs  ${name}`);
