/** One regular expression per word, divided by ` | ` or a new line, so that a list reads as one. */
function alternatives(words: string): string {
  return words
    .trim()
    .split(/\s*\n\s*|\s+\|\s+/)
    .join('|');
}

/** Whole words, in any case. */
function anyOf(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives(words)})(?![\\p{L}\\p{M}])`, 'iu');
}

/** The label of a card that was taken out is no talk of another. */
const CARD = anyOf(String.raw`
  cards?(?! ••••) | credit | debit | visa | master ?card | amex | american express | maestro | discover | diners
  cvv2? | cvc2? | tarjetas? | cr[eé]dito | d[eé]bito | cart[aã]o | carte | cb | kreditkarten? | karte | kartennummer
  carta | kaart | kaartnummer | betaalkaart | betaalpas | kort | kortnummer | kartu | kart | kartı | kart[ayęąuou]
  карт[аыуеой] | картк[аиу] | बैंक कार्ड | कार्ड | بطاقة | البطاقة | כרטיס | אשראי | thẻ
`);
/** Scripts written without blanks between words have no word boundary to look for. */
const CARD_UNSPACED = /カード|信用卡|银行卡|銀行卡|卡号|卡號|카드|บัตร/;

/** Whether a payment card is spoken of, in one of the main languages. */
export function speaksOfCard(text: string): boolean {
  return CARD.test(text) || CARD_UNSPACED.test(text);
}

const ORDER_WORDS = String.raw`
  orders? | invoices? | tracking | shipment | parcel | ticket | case | reference | ref | booking | transaction
  serial | imei | iban | account | pedidos? | factura | env[ií]o | commande | facture | colis | suivi
  bestellung | bestellnummer | auftrag | auftragsnummer | rechnung | rechnungsnummer | sendung | sendungsnummer
  ordine | fattura | spedizione | encomenda | fatura | rastreio | bestelling | bestelnummer | factuur | zending
  ordre | ordrenummer | zamówienie | заказа? | накладная | sipariş | ऑर्डर
`;
const PHONE_WORDS = String.raw`
  phones? | tel | telephone | mobile | mobil | cell | call | fax | sms | whatsapp | tel[eé]fono | m[oó]vil | celular
  t[ée]l[ée]phone | portable | telefon | telefonnummer | handy | handynummer | rufnummer | telefono | cellulare
  telefone | telem[oó]vel | telefoon | telefoonnummer | mobiel | телефон | फ़ोन | फोन | هاتف | טלפון
`;
const OTHERWISE = anyOf(ORDER_WORDS + PHONE_WORDS);
const OTHERWISE_UNSPACED = /注文|订单|訂單|주문|電話|电话|전화/;

/** Whether an order, a shipment, a phone or the like is spoken of. */
export function speaksOfOtherNumber(text: string): boolean {
  return OTHERWISE.test(text) || OTHERWISE_UNSPACED.test(text);
}

const NUMBER_WORDS = 'id | no | nr | nº | n° | number | num | code | número | numero | numéro | nummer | номер';
const ORDER_BEFORE = new RegExp(
  String.raw`(?:[#№]|(?<![\p{L}\p{N}])(?:${alternatives(ORDER_WORDS)})[\s:.#№-]*(?:(?:${alternatives(NUMBER_WORDS)})[\s:.#№-]*)?)$`,
  'iu',
);
const LONGEST_INTRODUCTION = 40;

/** Whether what stands right before `at` introduces an order id or the like: `order no. `, `#`. */
export function isIntroducedAsOrder(text: string, at: number): boolean {
  return ORDER_BEFORE.test(text.slice(Math.max(0, at - LONGEST_INTRODUCTION), at));
}

/**
 * Which national number a word announces. `foreign`: one of a country whose check digits aren't known here; `any`: some
 * national id, without saying whose.
 */
export type IdKind = keyof typeof ID_WORDS;

const ID_WORDS = {
  ssn: String.raw`ssns? | social security | soc\.? sec\.? | social(?! media) | seguro social | itin`,
  nino: String.raw`nino | ni (?:number|no\.?) | national insurance`,
  steuerId: String.raw`steuer-?id(?:nr)? | steuer ?identifikationsnummer | identifikationsnummer | idnr\.? | steuerliche id`,
  nir: String.raw`nir | s[ée]curit[ée] sociale | num[ée]ro de s[ée]cu | n° s[ée]cu | insee | carte vitale`,
  dni: String.raw`dni | nif | documento nacional(?: de identidad)? | documento de identidad`,
  bsn: String.raw`bsn | burgerservicenummer | sofi-?nummer`,
  cpf: String.raw`cpf | cadastro de pessoas? f[ií]sicas?`,
  aadhaar: String.raw`aadhaar | aadhar | adhaar | uidai | आधार`,
  foreign: String.raw`
    rijksregisternummer | num[ée]ro national | personnummer | personnr\.? | cpr(?:-?nummer)? | fødselsnummer | pesel
    henkilötunnus | rodn[ée] č[íi]slo | снилс | инн | kimlik(?: no| numarası)? | cnp | egn | егн | curp | rut
    c[ée]dula | my ?kad | nric | תעודת זהות | رقم الهوية | الهوية
  `,
  any: String.raw`
    national id(?:entity|entification)?(?!\]) | identity (?:number|no\.?|card|document) | id (?:card|number|no\.?)
    citizen(?:ship)? (?:id|number) | personal (?:id|identity) | tax ?id | tin | pi[èe]ce d['’]identit[ée]
    carte d['’]identit[ée] | n[úu]mero de identidade? | carteira de identidade | personalausweis | ausweisnummer
    carta d['’]identit[àa] | identiteitskaart | identiteitsnummer | id-?kaart | dowód | पहचान
  `,
};
const ID_KINDS = Object.keys(ID_WORDS) as IdKind[];

const ID_WORD = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${ID_KINDS.map((kind) => `(?<${kind}>${alternatives(ID_WORDS[kind])})`).join('|')})(?![\p{L}\p{M}])|身份证|身分證|マイナンバー|주민등록번호`,
  'giu',
);

export interface IdWord {
  readonly kind: IdKind;
  readonly start: number;
  readonly end: number;
}

/** The words that announce a national id, in order. */
export function findIdWords(text: string): IdWord[] {
  return Array.from(text.matchAll(ID_WORD), (match) => ({
    kind: ID_KINDS.find((kind) => match.groups?.[kind] !== undefined) ?? 'foreign',
    start: match.index,
    end: match.index + match[0].length,
  }));
}
