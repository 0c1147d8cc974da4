/**
 * A French sentence whose lines never break inside « » or before high punctuation, whatever its
 * author typed.
 */
export const withFrenchSpaces = (text: string): string =>
  text.replace(/ (?=[:»])|(?<=«) /g, '\u00a0').replace(/ (?=[;!?])/g, '\u202f');
