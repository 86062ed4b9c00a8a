/** Starts what the selected tests need; pure tests need nothing. */
export default async function globalSetup(): Promise<void> {}
