import { must } from '../lib/scene.mjs';

/**
 * Chromium on Linux has a camera (a played one, `--use-fake-device-for-media-stream`) and no reader of
 * codes. This one reads `code` once a picture has come, so that all but the reading itself is real.
 */
function readerFor(code) {
  globalThis.BarcodeDetector = class {
    async detect(picture) {
      const canvas = new OffscreenCanvas(picture.videoWidth || 1, picture.videoHeight || 1);
      const pen = canvas.getContext('2d');
      pen.drawImage(picture, 0, 0);
      const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
      const isPicture = canvas.width > 1 && data.some((value, at) => at % 4 !== 3 && value > 0);
      return isPicture ? [{ rawValue: code }] : [];
    }
  };
}

/** Whoever has a slip in hand holds it before the camera; the camera is off again afterwards. */
export async function cameraReads(scene) {
  const code = await scene.world.shareCode();
  const employer = await scene.person({ path: '/' });
  const { page } = employer;
  await page.context().grantPermissions(['camera']);
  await page.addInitScript(readerFor, code);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => (globalThis.camera = await open(wanted));
  });

  scene.step('opens the camera and holds the slip before it');
  await employer.visitor.load('/verify', { language: 'zh' });
  await employer.visitor.settle(['textarea[name=text]']);
  await employer.keyboard.activate('用摄像头扫码');
  await employer.sees('.note-title', '证明有效');
  const states = await page.evaluate(() =>
    globalThis.camera.getTracks().map((one) => one.readyState),
  );
  must(states.length > 0 && states.every((state) => state === 'ended'), `the camera is ${states}`);

  scene.step('a camera that is refused is explained');
  await page.context().clearPermissions();
  const other = await scene.person({ path: '/' });
  await other.page.addInitScript(readerFor, code);
  await other.page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('refused', 'NotAllowedError');
    };
  });
  await other.visitor.load('/verify', { language: 'zh' });
  await other.visitor.settle(['textarea[name=text]']);
  await other.keyboard.activate('用摄像头扫码');
  await other.sees('dialog .note-title');
}
