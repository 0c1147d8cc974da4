import { expect, test } from 'vitest';

import { typeset } from './typography.ts';

test.each([
  ["dans l'émail", 'dans l’émail'],
  ["L'anse d'un bol", 'L’anse d’un bol'],
  ["'cité' 5' 30", "'cité' 5' 30"],
  ['Quoi ? Oui ! Bon ; fin', 'Quoi\u202f? Oui\u202f! Bon\u202f; fin'],
  ["la même : c'est", 'la même\u00a0: c’est'],
  ['Cendrier « Lune »', 'Cendrier «\u00a0Lune\u00a0»'],
  ['déjà\u00a0: « posé »', 'déjà\u00a0: «\u00a0posé\u00a0»'],
  ['12:30 et a;b', '12:30 et a;b'],
  ["https://exemple.fr/l'atelier?d'a=1 !", "https://exemple.fr/l'atelier?d'a=1\u202f!"],
  ["www.l'atelier.fr ou d'o@l'atelier.fr", "www.l'atelier.fr ou d'o@l'atelier.fr"],
  ['', ''],
])('%j is shown as %j', (typed, shown) => {
  expect(typeset(typed, 'fr')).toBe(shown);
  expect(typeset(typed, 'fr')).toHaveLength(typed.length);
  expect(typeset(typed, 'en')).toBe(typed);
});
