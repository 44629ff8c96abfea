import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera that is played; who asks for it still has to be let.
  '--use-fake-device-for-media-stream',
];

/** Debian's Chromium, or the one that CHROMIUM names. */
export function openChromium() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (!executablePath) {
    throw new Error('No Chromium is here: run .ci/browser-tools, or name one in CHROMIUM.');
  }
  return chromium.launch({ executablePath, args: ARGS });
}
