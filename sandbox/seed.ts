// A team that already works with Medspill, made through the front door: over HTTP, with real tokens, once.
import type { Sandbox } from './sandbox.ts';

export async function seedReviews(_sandbox: Sandbox, _progress: (step: string) => void): Promise<void> {}
