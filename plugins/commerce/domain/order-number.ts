import { ORDER_NUMBER_PATTERN } from '@comptoir/contracts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 40 bits: eight characters of five bits, so that every number is equally likely. */
const BYTES = 5;

/**
 * A random order number, which tells nothing about how many orders there are. `random` gives as
 * many bytes as asked.
 * @throws RangeError when it does not
 */
export function orderNumber(random: (bytes: number) => Uint8Array): string {
  const bits = [...random(BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const number = `AH-${(bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('')}`;
  if (!ORDER_NUMBER_PATTERN.test(number))
    throw new RangeError(
      `The source of random bytes gave ${bits.length / 8} bytes instead of ${BYTES}`,
    );
  return number;
}
