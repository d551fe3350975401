/** Why a call of the sandbox's own interfaces is not done, and with which status that is answered. */
export class HttpRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
