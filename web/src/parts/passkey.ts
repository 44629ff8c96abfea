import type { Assertion } from '../api/security';
import type { PasskeyAnswer, PasskeyOptions } from '../api/types';

/** Whether this browser can make passkeys here and speaks their JSON form; a bare address has none. */
export function canMakePasskey(): boolean {
  return (
    !/^[\d.]+$|^\[/.test(window.location.hostname) &&
    typeof PublicKeyCredential === 'function' &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential
  );
}

/** Has the browser make a passkey. Throws a `DOMException` when the person declines. */
export async function makePasskey(options: PasskeyOptions): Promise<PasskeyAnswer> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options.publicKey as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = await navigator.credentials.create({ publicKey });
  if (!(made instanceof PublicKeyCredential)) throw new DOMException('no passkey was made');
  return made.toJSON() as PasskeyAnswer;
}

/** Whether this browser can sign in by a passkey. */
export function canUsePasskey(): boolean {
  return canMakePasskey() && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Has the device answer for a passkey that it holds. Throws a `DOMException` when the person declines. */
export async function answerPasskey(options: PasskeyOptions): Promise<Assertion> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options.publicKey as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  const answered = await navigator.credentials.get({ publicKey });
  if (!(answered instanceof PublicKeyCredential)) throw new DOMException('no passkey answered');
  return answered.toJSON() as Assertion;
}
