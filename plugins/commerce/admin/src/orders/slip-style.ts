/**
 * The packing slip: black on white in every theme, one A4 sheet or more. While it is open, paper
 * shows nothing else of the page.
 */
export const SLIP_STYLE = `
@page { size: A4; margin: 14mm; }
.comptoir-slip { position: fixed; inset: 0; z-index: 20; overflow: auto; background: #fff; color: #14120f; font-size: 1.4rem; line-height: 1.45; }
.comptoir-slip .bar { max-width: 182mm; margin: 0 auto; padding: 1.6rem; }
.comptoir-slip article { max-width: 182mm; margin: 0 auto; padding: 1.6rem; }
.comptoir-slip header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1.6rem; padding-bottom: 1.6rem; border-bottom: 2px solid currentColor; }
.comptoir-slip .shop { font-size: 1.6rem; }
.comptoir-slip .test { margin: 1.2rem 0; padding: 0.8rem; border: 2px solid currentColor; font-weight: 700; text-align: center; }
.comptoir-slip h1 { font-size: 2.4rem; font-weight: 700; }
.comptoir-slip h2 { font-size: 1.2rem; font-weight: 400; padding-bottom: 0.4rem; }
.comptoir-slip dl { display: grid; grid-template-columns: auto auto; column-gap: 1.2rem; align-items: baseline; }
.comptoir-slip dd { text-align: right; font-variant-numeric: tabular-nums; }
.comptoir-slip .number { font-size: 1.8rem; font-weight: 700; }
.comptoir-slip .to { padding: 2rem 0; }
.comptoir-slip address { font-style: normal; font-size: 1.6rem; }
.comptoir-slip table { width: 100%; border-collapse: collapse; }
.comptoir-slip th { font-size: 1.2rem; font-weight: 400; text-align: left; }
.comptoir-slip th, .comptoir-slip td { padding: 1rem 1.2rem 1rem 0; border-bottom: 1px solid #a69a88; vertical-align: top; overflow-wrap: anywhere; }
.comptoir-slip tr { break-inside: avoid; }
.comptoir-slip strong, .comptoir-slip tfoot { font-weight: 700; }
.comptoir-slip .count { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.comptoir-slip .tick { width: 5rem; text-align: right; padding-right: 0; }
.comptoir-slip .box { display: inline-block; width: 1.8rem; height: 1.8rem; border: 1.5px solid currentColor; border-radius: 2px; }
@media print {
  .comptoir-slip-open, .comptoir-slip-open body { height: auto; overflow: visible; background: #fff; }
  .comptoir-slip-open body > *:not(.comptoir-slip) { display: none !important; }
  .comptoir-slip { position: static; overflow: visible; }
  .comptoir-slip .bar { display: none !important; }
  .comptoir-slip article { max-width: none; padding: 0; }
}
`;
