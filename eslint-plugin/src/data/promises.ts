/** Classes of promises, by the resolver's paths: those of packages are given functions in the same way. */
export const PROMISES = /^(global#Promise|(bluebird|any-promise|es6-promise|pinkie-promise|native-promise-only|promise|rsvp|q)#(Promise)?)$/;
