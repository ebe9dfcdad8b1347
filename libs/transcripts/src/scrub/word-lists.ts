/**
 * The words that tell what a number is, in the main languages. Divided by ` | ` or a new line, so that a list reads as
 * one; each a piece of a regular expression, its first character standing for itself.
 */

/** The label of a card that was taken out is no talk of another. */
export const CARD_WORDS = String.raw`
  cards?(?! ••••) | credit | debit | visa | master ?card | amex | american express | maestro | discover | diners
  cvv2? | cvc2? | tarjetas? | cr[eé]dito | d[eé]bito | cart[aã]o | carte | cb | kreditkarten? | karte | kartennummer
  carta | kaart | kaartnummer | betaalkaart | betaalpas | kort | kortnummer | kartu | kart | kartı | kart[ayęąuou]
  карт[аыуеой] | картк[аиу] | बैंक कार्ड | कार्ड | بطاقة | البطاقة | כרטיס | אשראי | thẻ
`;
/** Scripts written without blanks between words have no word boundary to look for. */
export const CARD_UNSPACED = 'カード | 信用卡 | 银行卡 | 銀行卡 | 卡号 | 卡號 | 카드 | บัตร';

export const ORDER_WORDS = String.raw`
  orders? | invoices? | tracking | shipment | parcel | ticket | case | reference | ref | booking | transaction
  serial | imei | iban | account | pedidos? | factura | env[ií]o | commande | facture | colis | suivi
  bestellung | bestellnummer | auftrag | auftragsnummer | rechnung | rechnungsnummer | sendung | sendungsnummer
  ordine | fattura | spedizione | encomenda | fatura | rastreio | bestelling | bestelnummer | factuur | zending
  ordre | ordrenummer | zamówienie | заказа? | накладная | sipariş | ऑर्डर
`;
export const PHONE_WORDS = String.raw`
  phones? | tel | telephone | mobile | mobil | cell | call | fax | sms | whatsapp | tel[eé]fono | m[oó]vil | celular
  t[ée]l[ée]phone | portable | telefon | telefonnummer | handy | handynummer | rufnummer | telefono | cellulare
  telefone | telem[oó]vel | telefoon | telefoonnummer | mobiel | телефон | फ़ोन | फोन | هاتف | טלפון
`;
export const OTHERWISE_UNSPACED = '注文 | 订单 | 訂單 | 주문 | 電話 | 电话 | 전화';

/** What may stand between such a word and its number: `order no. …`. */
export const NUMBER_WORDS = 'id | no | nr | nº | n° | number | num | code | número | numero | numéro | nummer | номер';

/** Which words announce a national number. */
export const ID_WORDS = {
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
export const FOREIGN_ID_UNSPACED = '身份证 | 身分證 | マイナンバー | 주민등록번호';

/** One regular expression per word. */
export function wordsOf(list: string): string[] {
  return list.trim().split(/\s*\n\s*|\s+\|\s+/);
}
