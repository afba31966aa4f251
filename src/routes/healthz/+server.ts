/** The process answers. Says nothing about what it needs: see /readyz. */
export const GET = () => new Response('ok');
