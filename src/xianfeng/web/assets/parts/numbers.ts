/** Numbers as the pages write them. */

export const numbers = (value: number): string => value.toLocaleString("zh-CN", { maximumFractionDigits: 2 });

export const percents = (value: number): string => `${(value * 100).toLocaleString("zh-CN", { maximumFractionDigits: 2 })}%`;
