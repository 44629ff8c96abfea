import { must } from '../lib/scene.mjs';

/** A device that holds passkeys and whose owner is always there, as Chromium can play one. */
async function holdDevice(person) {
  const devtools = await person.page.context().newCDPSession(person.page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Adds a passkey, signs out, and comes back in with nothing but the device. */
export async function passkeySignsIn(scene) {
  const learner = await scene.person();
  await holdDevice(learner);
  const { keyboard } = learner;

  scene.step('signs in by the password');
  await learner.signIn('learner.tang');
  await learner.sees('.figure');

  scene.step('adds a passkey');
  await keyboard.activate('唐一诺');
  await learner.sees('h1', '登录与安全');
  await learner.sees('h2', '通行密钥');
  const label = `我的手机 ${process.pid}`;
  await keyboard.fill('给它起个名字', label);
  await keyboard.activate('添加通行密钥');
  await learner.sees('.note-title', '通行密钥已添加');
  await learner.sees('li strong', label);

  scene.step('signs out');
  await keyboard.activate('退出登录');
  await learner.sees('header.top a', '登录');

  scene.step('signs in by the passkey');
  await keyboard.activate('登录');
  await learner.sees('h1', '登录');
  await keyboard.activate('用通行密钥登录');
  await learner.sees('header.top button', '退出登录');
  const { method } = await learner.page.evaluate(async () => {
    const { items } = await (await fetch('/v1/sessions')).json();
    return items.find(({ isCurrent }) => isCurrent);
  });
  must(method === 'passkey', `the session was begun by ${method}`);
}
