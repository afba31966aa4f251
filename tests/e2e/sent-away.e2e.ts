import { startApp } from '../support/app.ts';
import { accessible, expect, test } from './story.ts';
import { SAVED, SLOW, editor, left, makeCase, open, shoot, state, write } from './typed.ts';

/** Nothing typed is lost when the server sends one away, or dies. */

test.setTimeout(240_000);
test.use({ actionTimeout: 30_000 });

test('each way of being sent away has its words, and nothing typed is lost by it', async ({
	as,
	world
}) => {
	const page = await as('jonas');
	const { caseId, stored } = await makeCase(world, 'Sendt væk');
	/** A server that takes nothing in, sends the page away with a code, and may go on doing so. */
	let held = false;
	let refusing: number | undefined;
	let socket: { close: (options: { code: number }) => Promise<void> };
	await page.routeWebSocket(/\/sync\//, (route) => {
		socket = route;
		if (refusing) return void route.close({ code: refusing });
		const server = route.connectToServer();
		route.onMessage((message) => void (held || server.send(message)));
	});
	const sendAway = async (text: string, code: number, { again = false } = {}) => {
		held = true;
		await write(page, text);
		if (again) refusing = code;
		await socket.close({ code });
		held = false;
	};
	await open(page, caseId);

	await test.step('to come back: it says that it tries again', async () => {
		for (const [code, text, words] of [
			[4503, 'En. ', /^Forbindelsen blev afbrudt, vi prøver igen – ikke gemt i \d+ s, ligger på/],
			[4529, 'To. ', /^Mange arbejder lige nu, vi prøver igen – ikke gemt i \d+ s, ligger på/]
		] as const) {
			await sendAway(text, code, { again: true });
			await expect(state(page)).toHaveText(words, SLOW);
			refusing = undefined;
			await expect(state(page)).toHaveText(SAVED, SLOW);
		}
	});

	await test.step('for good, and one may try again', async () => {
		await sendAway('Tre. ', 4430);
		await expect(state(page)).toContainText('Der kom flere rettelser på kort tid');
		await expect(state(page)).toContainText('Det, du har skrevet, ligger på denne enhed');
		await expect(editor(page)).toHaveCount(0);
		await shoot(page, 'too-fast');
		await page.getByRole('button', { name: 'Prøv igen' }).click();
		await expect(state(page)).toHaveText(SAVED, SLOW);
	});

	await test.step('signed out: a link to sign in, and back', async () => {
		await sendAway('Fire. ', 4401);
		await expect(state(page)).toContainText('Du er ikke længere logget ind.');
		await shoot(page, 'sign-in');
		await accessible(page);
		await page.getByRole('link', { name: 'Log ind for at skrive videre' }).click();
		await expect(editor(page)).toContainText('Fire.', SLOW);
		await expect(state(page)).toHaveText(SAVED, SLOW);
	});

	await test.step('an older page: it is loaded again', async () => {
		await sendAway('Fem. ', 4426);
		await expect(state(page)).toContainText('Rådslag er opdateret.');
		await page.getByRole('button', { name: 'Genindlæs' }).click();
		await expect(editor(page)).toContainText('Fem.', SLOW);
		await expect(state(page)).toHaveText(SAVED, SLOW);
		expect(await stored()).toBe('En. To. Tre. Fire. Fem.');
	});

	await test.step('refused: what was typed is shown as not included, and one writes on', async () => {
		await sendAway('Fuldt. ', 4414);
		await expect(left(page).locator('ins')).toContainText('Fuldt.', SLOW);
		await expect(left(page)).toContainText('Teksten er så stor, som den kan blive.');
		await expect(editor(page)).not.toContainText('Fuldt.');
		await expect(state(page)).toHaveText(SAVED, SLOW);
		await write(page, 'Seks.');
		await expect(state(page)).toHaveText(SAVED, SLOW);
		await expect.poll(stored).toBe('En. To. Tre. Fire. Fem. Seks.');
	});

	await test.step('no longer let in: one’s own words are shown, and found on one’s own page', async () => {
		await sendAway(' Syv.', 4404, { again: true });
		await expect(state(page)).toContainText('Du har ikke længere adgang til teksten', SLOW);
		const lost = left(page).getByRole('article').filter({ hasText: 'Her er dine egne ord.' });
		await expect(lost.locator('ins')).toContainText('Syv.');
		await expect(lost).not.toContainText('Seks.');
		refusing = undefined;
		await page.goto('/me');
		await expect(left(page)).toContainText('Fuldt.');
		await expect(left(page)).toContainText('Syv.');
		await accessible(page);
		await shoot(page, 'me');
	});
});

test('the server dies and starts again while one types: not saved, then saved, nothing lost', async ({
	as,
	world
}) => {
	const jonas = await as('jonas');
	const { caseId, stored } = await makeCase(world, 'Serveren');
	await open(jonas, caseId);
	await write(jonas, 'Før.');
	await expect(state(jonas)).toHaveText(SAVED, SLOW);
	process.kill(world.app.pid, 'SIGKILL');
	await write(jonas, ' Imens.');
	await expect(state(jonas)).toHaveText(/ikke gemt i \d+ s, ligger på denne enhed/, SLOW);
	await write(jonas, ' Og videre.');
	expect(await stored()).toBe('Før.');
	world.app = await startApp(world.db.url, { PORT: new URL(world.app.url).port });
	await expect(state(jonas)).toHaveText(SAVED, SLOW);
	expect(await stored()).toBe('Før. Imens. Og videre.');
	await expect(editor(jonas)).toHaveText('Før. Imens. Og videre.');
});
