import { must } from '../lib/scene.mjs';

/** The policy that is sent allows nothing inline, and the browser that obeys it has what it needs. */
export async function policyHolds(scene) {
  scene.step('the header');
  for (const path of ['/', '/verify', '/account']) {
    const answer = await fetch(scene.bank.base + path, { headers: { accept: 'text/html' } });
    const policy = answer.headers.get('content-security-policy') ?? '';
    must(policy.includes("script-src 'self'"), `${path} is sent with: ${policy}`);
    must(!/unsafe-|\*/.test(policy), `${path} is sent with: ${policy}`);
  }

  scene.step('an inline script does not run');
  const visitor = await scene.person({ path: '/verify' });
  await visitor.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.hasRun = true';
    document.body.append(script);
  });
  must(!(await visitor.page.evaluate(() => globalThis.hasRun)), 'an inline script ran');
  const told = await visitor.visitor.complaints();
  must(
    told.some((text) => text.startsWith('CSP: script-src')),
    'the browser told nothing of it',
  );
}
