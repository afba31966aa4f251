/** Out of reach of scripts, not sent along from other sites, and only over https where there is https. */
export function cookieOptions(url: URL) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' } as const;
}
