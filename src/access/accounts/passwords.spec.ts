import { Passwords } from './passwords.js';

const passwords = new Passwords({ memoryCost: 64, timeCost: 1, parallelism: 1 });

describe('Passwords', () => {
  it('knows the right one from a wrong one', async () => {
    const { hash } = await passwords.hash('correct horse');
    expect(await passwords.isRight('correct horse', hash)).toBe(true);
    expect(await passwords.isRight('correct hors', hash)).toBe(false);
  });

  it('takes é typed in either way', async () => {
    const { hash } = await passwords.hash('caf\u00e9 caf\u00e9');
    expect(await passwords.isRight('cafe\u0301 cafe\u0301', hash)).toBe(true);
  });

  it('lets nobody in without an account, not even with the stand-in’s password', async () => {
    expect(await passwords.isRight('no account has this password', undefined)).toBe(false);
  });

  it('counts characters: 8 to 128', async () => {
    await expect(passwords.hash('七个字的密码啊')).rejects.toMatchObject({
      problem: { code: 'password-length' },
    });
    await passwords.hash('𠮷𠀀𠀁𠀂'.repeat(32));
    await expect(passwords.hash('𠮷'.repeat(129))).rejects.toBeDefined();
  });
});

describe('a password that guessers try first', () => {
  it.each([
    'password',
    'PassWord123',
    'qwertyuiop',
    '1qaz2wsx',
    'Woaini1314',
    'aaaaaaaaaaaaaaaa',
    'abababababab',
    '19990101',
    '13800138000',
    'ｐａｓｓｗｏｒｄ',
  ])('%s is refused', async (password) => {
    await expect(passwords.hash(password)).rejects.toMatchObject({
      problem: { code: 'password-common' },
    });
  });

  it('is the sign-in name with little beside it', async () => {
    for (const password of ['registrar.wang', 'Registrar.Wang1', 'x1registrar.wang']) {
      await expect(passwords.hash(password, 'registrar.wang')).rejects.toMatchObject({
        problem: { code: 'password-common' },
      });
    }
    await passwords.hash('registrar.wang keeps bees', 'registrar.wang');
    await passwords.hash('li likes plums', 'li');
  });

  it('is not one that lacks digits, signs or capitals', async () => {
    for (const password of ['seven small boats', '七只小船漂在江上呀', '481516234200']) {
      await passwords.hash(password);
    }
  });
});
