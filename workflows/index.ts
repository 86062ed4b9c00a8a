/** Every export of this file becomes a workflow type. */
export { ocopCycle } from './ocop-cycle';
export { digestTick, provinceDigest } from './digest';
