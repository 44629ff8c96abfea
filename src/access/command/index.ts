export { CommandError } from './desk.js';
export { type KeyWanted, createKey, listKeys, revokeKey, rotateKey } from './keys.js';
export { addOperator, listOperators } from './operators.js';
