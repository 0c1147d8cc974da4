export {
  encodeBody,
  type Encoded,
  type Encoding,
  negotiateEncoding,
  WORTH_COMPRESSING,
} from './content-encoding.ts';
export { entityTag, matchingTag } from './entity-tags.ts';
