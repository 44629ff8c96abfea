import { readFileSync } from 'node:fs';
import { must } from '../lib/scene.mjs';

/** Turns senior mode on, signs in, makes a proof, downloads the transcript and prints the page. */
export async function seniorPrints(scene) {
  const senior = await scene.person();
  const { keyboard, page } = senior;

  scene.step('turns senior mode on, by the first control of the page');
  await keyboard.tabTo('跳到正文');
  await keyboard.tabTo('长辈版');
  await keyboard.press('Space');
  await senior.sees('header.top button[aria-pressed=true]', '长辈版');
  const size = await page.evaluate(() =>
    Number.parseFloat(getComputedStyle(document.body).fontSize),
  );
  must(size >= 20, `the text is ${size} px`);

  scene.step('signs in');
  await senior.signIn('learner.he');
  await senior.sees('.figure');

  scene.step('makes a proof');
  await keyboard.activate('分享证明');
  await senior.sees('h1', '分享证明');
  await keyboard.fill('用途', '给社区看');
  await keyboard.activate('生成验证码');
  await senior.sees('.big-code');

  scene.step('downloads the transcript');
  const path = await senior.download(/下载成绩证明/);
  must(readFileSync(path).subarray(0, 5).toString() === '%PDF-', 'the transcript is no PDF');

  scene.step('prints the page of the account');
  await keyboard.activate('总览');
  await senior.sees('.figure');
  await page.emulateMedia({ media: 'print' });
  for (const selector of ['header.top', '.local-nav', 'footer.foot', 'button']) {
    const shown = await page.locator(selector).filter({ visible: true }).count();
    must(shown === 0, `${selector} is printed`);
  }
  await senior.sees('.figure');
  must((await page.pdf()).length > 5_000, 'nothing is printed');
  await page.emulateMedia({ media: null });
}

/** Has the page read out: what would be said are its headings and figures, and none of its controls. */
export async function listensToThePage(scene) {
  const senior = await scene.person({ as: 'learner.he', path: '/account' });
  const { keyboard, page } = senior;
  // No voice is installed here, so what it would say is kept.
  await page.evaluate(() => {
    globalThis.spoken = [];
    globalThis.speechSynthesis.speak = (speech) => globalThis.spoken.push(speech.text);
  });
  await senior.sees('.figure');

  scene.step('starts it and stops it');
  await keyboard.activate('朗读本页');
  await senior.sees('button[aria-pressed=true]', '停止朗读');
  const [text] = await page.evaluate(() => globalThis.spoken);
  const figure = (await (await senior.sees('.figure')).textContent()).trim().split(/\s/)[0];
  for (const said of ['我的学分', figure]) must(text.includes(said), `“${said}” is not read out`);
  for (const silent of ['转换学分', '打印成绩证明']) {
    const isSaid = text.split('。').some((line) => line.trim() === silent);
    must(!isSaid, `“${silent}” is a control and is read out`);
  }
  await keyboard.press('Enter');
  await senior.sees('button[aria-pressed=false]', '朗读本页');
}
