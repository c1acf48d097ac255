export const fatals = [];
