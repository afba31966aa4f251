/**
 * A binary WebSocket message as a server sends it (RFC 6455, section 5.2: whole, unmasked, opcode 2). Made
 * once and written to every socket of a room; `ws` would make it anew for each.
 */
export function frame(message: Uint8Array): Buffer {
	const { length } = message;
	const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const framed = Buffer.allocUnsafe(head + length);
	framed[0] = 0x82;
	if (head === 2) framed[1] = length;
	else if (head === 4) {
		framed[1] = 126;
		framed.writeUInt16BE(length, 2);
	} else {
		framed[1] = 127;
		framed.writeBigUInt64BE(BigInt(length), 2);
	}
	framed.set(message, head);
	return framed;
}
