import type { KnownLanguage } from './types.ts';

/** Endings a listed word may carry and still be that word. Short lists on purpose:
 *  an ending too many finds innocent words, one too few costs a single form, and a
 *  word that may carry anything is listed as a stem (`word*`). */
const plain: Partial<Record<KnownLanguage, string>> = {
  en: 's es z ed er ers in ing ings y ish',
  de: 'e en er es em n s ern in innen',
  fr: 's e es x',
  es: 's es',
  it: '',
  pt: 's es',
  nl: 's en e je jes',
  pl: 'a u i y e ę ą o om ami ach em ie owi ów ek',
  ru: 'а у е ы и ой ою ом ов ев ам ами ах я ю ей ем ям ями ях о',
  ar: 'ه ها هم هن ک کم ی نا ین ات ون ان ا و وا ته تها تک تکم تهم',
  fa: 'ها های هایی هات هاش هاتون ی ای ان م ت ش مون تون شون ه ن ند ید یم ام اش اند ترین تر و',
  ckb: 'ە ەکە ەکان ان ێک ی م ت مان تان یان ن یت یە ە ینە ەوە ەکەم ەکەت ەکەی ەکانی انی انە یش ش ێکی ێکیت ێکن ێکە یەکی یەکیت ەکەیە ەکانە ینە ەکانیان',
  kmr: 'ek ekî ekê ê î a an ên in e o no ino im yî ye yê iya iyê',
  hi: 'ा े ी ों ो ियों ियाँ यों पन गिरी',
};

const trPlural = ['', 'lar', 'ler'];
const trOwner =
  ' ım im um üm m ın in un ün n ı i u ü sı si su sü mız miz muz müz ımız imiz umuz ümüz nız niz ınız iniz unuz ünüz ları leri'.split(
    ' ',
  );
const trCase =
  ' yı yi yu yü nı ni nu nü ya ye na ne a e da de ta te nda nde dan den tan ten ndan nden nın nin nun nün ca ce la le yla yle sın sin sun sün sınız siniz sunuz sünüz dır dir dur dür tır tir'.split(
    ' ',
  );

/** The endings of a language, folded as the matching key is. */
export function endingsOf(language: string): ReadonlySet<string> {
  const known = endings.get(language);
  if (known !== undefined) return known;
  const made = language === 'tr' ? turkishEndings() : new Set((plain[language as KnownLanguage] ?? '').split(' '));
  made.delete('');
  for (const ending of [...made]) {
    made.add(ending.replaceAll('ە', 'ه'));
    made.add(ending.replaceAll('ı', 'i').replaceAll('ü', 'u'));
    made.add(ending.normalize('NFD').replace(/[\u0300-\u036f]/g, ''));
  }
  endings.set(language, made);
  return made;
}

const endings = new Map<string, Set<string>>();

function turkishEndings(): Set<string> {
  const made = new Set<string>();
  for (const plural of trPlural) {
    for (const owner of trOwner) for (const grammar of trCase) made.add(plural + owner + grammar);
  }
  return made;
}

/** Particles that Arabic script writes onto the word after them: and, so, in, to,
 *  like, the, O. Kurdish and Persian have few; only Arabic stacks them. */
export function particlesOf(language: string): readonly string[] {
  if (language === 'ar') return arParticles;
  if (language === 'fa' || language === 'ckb') return ['و'];
  return [];
}

const arParticles = ['و', 'ف', 'ب', 'ل', 'ک', 'ال', 'وال', 'بال', 'فال', 'لل', 'یا', 'ولل', 'کال', 'وب', 'ول'];
