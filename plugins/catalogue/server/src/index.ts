import { x } from '@comptoir/contracts';
import { two } from '../../domain/two.ts';
export default { register() { console.log('REG', two, x.parse('a')); }, bootstrap() {} };
