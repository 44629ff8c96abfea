const SURNAMES = words(`
  王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾
  彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛
  邱 秦 江 史 顾 侯 邵 孟 龙 万 段 欧阳 上官 司徒`);

const GIVEN = {
  senior: words(`
    桂英 秀英 玉兰 淑华 素珍 凤英 桂兰 玉梅 秀珍 春兰 淑芳 月娥 慧芳 美华 世珍
    国强 建华 德明 文彬 志远 光明 永福 振国 长林 树清 庆余 家骏 绍云 仲良 祖德`),
  adult: words(`
    丽娟 晓燕 海燕 雪梅 红梅 小芳 永红 春燕 娟 静 莉 敏 婷 琳 倩 雅丽 佳慧 思颖
    伟 强 军 磊 涛 勇 超 建军 海波 志刚 晓东 文斌 俊杰 鹏飞 国栋 立新 大勇 春生 世豪`),
  young: words(`
    子涵 梓萱 欣怡 雨桐 诗涵 思琪 佳怡 语嫣 可馨 若曦 梦瑶 紫萱 晨曦 静怡 雨菲
    浩然 子轩 宇轩 俊熙 博文 一鸣 浩宇 天佑 嘉豪 泽宇 明轩 星宇 睿 宸 铭泽 骏 昊天`),
};

function words(text) {
  return text.trim().split(/\s+/);
}

/** An invented Chinese name of the fashion of a generation. */
export function inventName(chance, fashion) {
  return chance.pick(SURNAMES) + chance.pick(GIVEN[fashion]);
}
