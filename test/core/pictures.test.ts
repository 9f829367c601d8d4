import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { CallContext, UserCaller } from '../../src/core';
import { startGateway, type TestGateway } from '../support/gateway';
import { stranger } from '../support/people';

let gateway: TestGateway;
let door: CallContext;
let image: Buffer;
beforeAll(async () => {
  gateway = await startGateway();
  door = { ...gateway.operator, door: gateway.served[0]?.name ?? '' };
  const background = { r: 9, g: 99, b: 199 };
  image = await sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .png()
    .toBuffer();
});
afterAll(() => gateway.stop());

const password = 'Secret_123';

async function newcomer(): Promise<UserCaller> {
  const { username, email } = stranger();
  const { grant, user } = await gateway.core.registerUser({ username, email, password, signIn: true }, door);
  const reference = { sessionId: grant?.session.id ?? '', userId: user.id };
  return (await gateway.core.authenticate({ reference }, door)) as UserCaller;
}

async function leave(caller: UserCaller): Promise<void> {
  const { sudoToken } = await gateway.core.confirmCaller({ caller, credential: { password } }, door);
  await gateway.core.deleteUser({ caller, sudoToken }, door);
}

const statusOf = async (avatar: string): Promise<number> => (await fetch(`${gateway.url}/${avatar}`)).status;

it('the picture of a user who left is not shown any more, those of others are', async () => {
  const [leaver, other] = [await newcomer(), await newcomer()];
  const { avatar } = await gateway.core.replaceAvatar({ caller: leaver, image }, door);
  const { avatar: theirs } = await gateway.core.replaceAvatar({ caller: other, image }, door);
  expect(await statusOf(avatar)).toBe(200);
  await leave(leaver);
  expect([await statusOf(avatar), await statusOf(theirs)]).toEqual([404, 200]);
});

it('the picture of somebody who was closed for another’s sake is not shown any more', async () => {
  const [claimant, owner] = [await newcomer(), await newcomer()];
  const { avatar } = await gateway.core.replaceAvatar({ caller: claimant, image }, door);
  const email = claimant.user.email ?? '';
  const asked = {
    caller: owner,
    purpose: 'prove',
    target: { email },
    audience: 'anyone',
    language: 'en',
  } as const;
  const { verificationId } = await gateway.core.requestCode(asked, door);
  const code = await gateway.lastCode(email);
  const { proofToken } = await gateway.core.redeemCode({ verificationId, code }, door);
  const { sudoToken } = await gateway.core.confirmCaller({ caller: owner, credential: { password } }, door);
  const change = {
    caller: owner,
    contact: { email },
    proofToken,
    sudoToken,
    onConflict: 'close_and_transfer',
  } as const;
  await gateway.core.changeContact(change, door);
  expect(await statusOf(avatar)).toBe(404);
});

it('a picture that comes once its user has left is not kept', async () => {
  const caller = await newcomer();
  await leave(caller);
  await expect(gateway.core.replaceAvatar({ caller, image }, door)).rejects.toMatchObject({
    problem: { code: 'user_not_found' },
  });
  expect(await statusOf(`uploads/user/${caller.user.id}.png`)).toBe(404);
});

it('a user has left although their picture cannot be removed, and the log says so', async () => {
  const caller = await newcomer();
  // A folder in the place of the file: it cannot be removed as one.
  const inTheWay = path.join(gateway.dataDir, 'uploads/user', `${caller.user.id}.gif`);
  await mkdir(inTheWay, { recursive: true });
  await leave(caller);
  await expect(
    gateway.core.findUser({ identifier: String(caller.user.id) }, gateway.operator),
  ).rejects.toMatchObject({ problem: { code: 'user_not_found' } });
  const told = gateway.logLines.filter((line) => line.includes('the picture of a user who is gone'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`"userId":${caller.user.id}`);
  await rm(inTheWay, { recursive: true });
});
