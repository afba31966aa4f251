import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { isOpen } from '#lib/base/address.server.ts';

/** Ranges that are nobody's on the open internet, said here once more and judged by arithmetic. */
const CLOSED_4: [number, number, number, number, number][] = [
	[0, 0, 0, 0, 8],
	[10, 0, 0, 0, 8],
	[100, 64, 0, 0, 10],
	[127, 0, 0, 0, 8],
	[169, 254, 0, 0, 16],
	[172, 16, 0, 0, 12],
	[192, 0, 0, 0, 24],
	[192, 0, 2, 0, 24],
	[192, 88, 99, 0, 24],
	[192, 168, 0, 0, 16],
	[198, 18, 0, 0, 15],
	[198, 51, 100, 0, 24],
	[203, 0, 113, 0, 24],
	[224, 0, 0, 0, 4],
	[240, 0, 0, 0, 4]
];
const asNumber = (parts: number[]) => parts.reduce((sum, part) => sum * 256 + part, 0);
const asText = (number: number) =>
	[24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
const isClosed = (number: number) =>
	CLOSED_4.some(([a, b, c, d, bits]) => {
		const size = 2 ** (32 - bits);
		return Math.floor(number / size) === Math.floor(asNumber([a, b, c, d]) / size);
	});

const anywhere = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const inside = fc
	.constantFrom(...CLOSED_4)
	.chain(([a, b, c, d, bits]) =>
		fc
			.integer({ min: 0, max: 2 ** (32 - bits) - 1 })
			.map((offset) => asNumber([a, b, c, d]) + offset)
	);
/** The addresses right inside and right outside each range. */
const edges = CLOSED_4.flatMap(([a, b, c, d, bits]) => {
	const first = asNumber([a, b, c, d]);
	const last = first + 2 ** (32 - bits) - 1;
	return [first - 1, first, last, last + 1].filter((n) => n >= 0 && n < 2 ** 32);
});
const hextet = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));

describe('an address of version 4', () => {
	test('is open unless it is set aside', () => {
		fc.assert(
			fc.property(fc.oneof(anywhere, inside, fc.constantFrom(...edges)), (number) => {
				expect(isOpen(asText(number))).toBe(!isClosed(number));
			}),
			{ numRuns: 3000 }
		);
	});

	test('is not looked for inside one of version 6, in any way of writing it', () => {
		fc.assert(
			fc.property(fc.oneof(anywhere, inside), (number) => {
				const [high, low] = [Math.floor(number / 65536), number % 65536].map((n) => n.toString(16));
				const text = asText(number);
				for (const mapped of [
					`::ffff:${text}`,
					`::ffff:${high}:${low}`,
					`0:0:0:0:0:ffff:${high}:${low}`,
					`::${text}`,
					`64:ff9b::${text}`,
					`64:ff9b:1::${text}`,
					`2002:${high}:${low}::1`,
					`2001:0:${high}:${low}::1`
				])
					expect(isOpen(mapped), mapped).toBe(false);
			}),
			{ numRuns: 500 }
		);
	});
});

describe('an address of version 6', () => {
	test('is open only where addresses are given out', () => {
		fc.assert(
			fc.property(fc.array(hextet, { minLength: 8, maxLength: 8 }), (parts) => {
				const first = Number.parseInt(parts[0]!, 16);
				const second = Number.parseInt(parts[1]!, 16);
				const given = first >= 0x2000 && first <= 0x3fff;
				const special =
					first === 0x2002 ||
					(first === 0x2001 && (second < 0x0200 || second === 0x0db8)) ||
					(first === 0x3fff && second < 0x1000);
				expect(isOpen(parts.join(':'))).toBe(given && !special);
			}),
			{ numRuns: 2000 }
		);
	});

	test.each([
		'::',
		'::1',
		'fe80::1',
		'fe80::1%eth0',
		'fc00::1',
		'fd12:3456::1',
		'ff02::1',
		'100::1'
	])('that is a neighbour’s or our own is closed: %s', (address) =>
		expect(isOpen(address)).toBe(false)
	);

	test.each(['2a00:1450:400f:80c::200e', '2606:4700::1111', '2001:4860:4860::8888'])(
		'of the internet is open: %s',
		(address) => expect(isOpen(address)).toBe(true)
	);
});

test('what is no address is not open', () => {
	fc.assert(
		fc.property(fc.string(), (text) => {
			if (!/^[\da-f.:]+$/i.test(text)) expect(isOpen(text)).toBe(false);
		})
	);
	for (const text of ['', 'localhost', '127.1', '0x7f.0.0.1', '2130706433', '1.2.3', '1.2.3.4.5'])
		expect(isOpen(text), text).toBe(false);
});
