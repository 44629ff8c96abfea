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
    await passwords.hash('𠮷'.repeat(128));
    await expect(passwords.hash('𠮷'.repeat(129))).rejects.toBeDefined();
  });
});
