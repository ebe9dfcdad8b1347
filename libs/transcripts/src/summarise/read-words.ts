/**
 * Words that say nothing of what a conversation is about, in the languages most written in: English, Spanish, Portuguese,
 * French, German, Italian, Dutch, Polish, Russian, Turkish, Hindi, Arabic, Indonesian; and what people say to be polite.
 */
const STOP_WORDS = new Set(
  `a about all also am an and any are as at be been but by can could did do does for from get had has have he her here him his
  how i if in into is it its just let like me more my no not now of on one or our out please she so some than that the their
  them then there they this to too up us was we were what when which who will with would yes you your im ive id ill dont cant
  hi hello hey dear thanks thank thx ok okay sure great good morning afternoon evening bye goodbye welcome sorry regards best
  a al algo como con cual de del desde donde el ella en era es esa ese eso esta este esto ha hay hola la las le lo los me mi
  muy más nada ni no nos o para pero por porque qué que se si sí sin sobre su sus también te tiene un una usted y ya yo gracias
  favor buenos días buenas tardes ao aos as até bem bom boa com da das dia do dos e ele em está eu foi isso já mais mas meu
  minha muito na não nas nem no nos num o obrigado obrigada olá os ou pela pelo pode por quando sem ser seu sua só tarde tem
  ter tudo um uma você au aux avec bonjour ce ces cette dans de des du elle en est et eux il ils je la le les leur lui ma mais
  merci mes moi mon ne nos notre nous on ou où par pas pour qu que qui sa ses si son sont sur ta te tu un une vos votre vous
  aber alle als am an auch auf aus bei bin bis bitte danke das dass dem den der des die dir du ein eine einem einen einer er
  es für gut guten tag haben habe hallo hat ich ihr ihre ihnen im in ist ja kann kein keine mein meine mich mir mit nach nein
  nicht noch nur oder schon sehr sich sie sind so und uns vom von war was wenn wie wir wird zu zum zur ai alla che chi ci ciao
  con cosa da dal dei del della di e grazie gli ho il in io la le lei lo ma mi mia mio nel no noi non per perché più prego
  quando questo salve se si sono su sul un una buongiorno aan als bij dat de den der deze die dit een en er geen goed
  goedemiddag goedemorgen het hij hoe ik in is je kan maar me met mij mijn naar niet nog of om ook op over te tot u uit uw van
  voor wat we wel wij ze zijn zou bardzo być co czy dla do dzień dobry dziękuję go i ich ja jak jest już ma mi mam na nie o od
  po proszę się są ta tak to tylko w za z że а без бы был в во вот вы да для до его если есть еще за здравствуйте и из или
  как когда мне мой мы на не нет но о он она они от по пожалуйста при с спасибо так там то только у уже что это я bir bu
  çok da de değil en evet gibi hayır için ile mi mı ne o olarak sayın teşekkürler ve var ya yok और का की के को है हैं में मैं
  नहीं से यह पर तो था थी हो جी नमस्ते धन्यवाद من في على إلى عن ما لا هو هي هذا هذه أن كان مع يا شكرا مرحبا نعم ada anda
  dan dari di ini itu kami ke kita saya terima kasih tidak untuk yang`.split(/\s+/),
);

/** Written without blanks between words: a pair of characters does for one. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** The words of a text that say what it is about, in lower case; of scripts without blanks, pairs of characters. */
export function readWords(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (UNSPACED.test(run)) {
      const characters = Array.from(run);
      for (let index = 0; index + 1 < characters.length; index++)
        words.push(`${characters[index]}${characters[index + 1]}`);
    } else if (run.length > 1 && !STOP_WORDS.has(run)) {
      words.push(run);
    }
  }
  return words;
}
