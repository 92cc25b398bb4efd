import { ancestralOptions, defineManifest } from "@gen/core/manifest";

export const manifest = defineManifest({
  id: "hmm",
  version: "0.0.0",
  title: { en: "Hidden Markov model", zh: "隐马尔可夫模型" },
  summary: {
    en: "Sequences made by hidden states that follow one another; learned by expectation maximisation, decoded exactly.",
    zh: "序列由相继转移的隐状态产生；用期望最大化学习，并可精确解码。",
  },
  capabilities: ["density", "sample", "sequence"],
  sometimes: {
    joint: "data with a label for each sequence",
    conditional: "texts, and data with a label for each sequence",
  },
  data: [
    { kind: "sequences", y: "optional", gaps: true },
    { kind: "text", y: "optional" },
  ],
  model: {
    states: {
      type: "integer",
      default: 0,
      minimum: 0,
      maximum: 2000,
      title: { en: "States", zh: "状态数" },
      help: {
        en: "Hidden states of each class, or of each tag; 0: one for each tag, four without tags.",
        zh: "每个类别（或每个标记）的隐状态数；0 表示每个标记一个，没有标记时为四个。",
      },
    },
    topology: {
      type: "string",
      enum: ["ergodic", "left-right", "linear"],
      default: "ergodic",
      title: { en: "Topology", zh: "拓扑结构" },
      help: {
        en: "Ergodic: any transition; left-right: only to later states; linear: only to the next.",
        zh: "ergodic：任意转移；left-right：只向后面的状态；linear：只到下一个状态。",
      },
    },
    covariance: {
      type: "string",
      enum: ["full", "tied", "diagonal", "spherical"],
      default: "diagonal",
      title: { en: "Covariance", zh: "协方差" },
      help: {
        en: "Of columns of numbers. Full: any ellipse; tied: one for all; diagonal: along the axes; spherical: circles.",
        zh: "用于数值列。full：任意椭圆；tied：所有状态共用；diagonal：沿坐标轴；spherical：圆。",
      },
    },
    components: {
      type: "integer",
      default: 1,
      minimum: 1,
      maximum: 100,
      title: { en: "Components", zh: "成分数" },
      help: {
        en: "Gaussians that each state mixes, for columns of numbers.",
        zh: "每个状态所混合的高斯成分数（数值列）。",
      },
    },
    counts: {
      type: "string",
      default: "",
      title: { en: "Columns of counts", zh: "计数列" },
      help: {
        en: "Names of number columns that hold counts, with commas between: Poisson instead of Gaussian.",
        zh: "存放计数的数值列名，用逗号分隔：用泊松分布代替高斯分布。",
      },
    },
  },
  training: {
    tolerance: {
      type: "number",
      default: 1e-5,
      minimum: 0,
      maximum: 1,
      title: { en: "Tolerance", zh: "收敛阈值" },
      help: {
        en: "Stops when a sweep gains less than so many nats per element; 0: never.",
        zh: "当一轮迭代每个元素的增益低于该值（nat）时停止；0 表示不停止。",
      },
    },
    initialPrior: {
      type: "number",
      default: 0.01,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Prior of first states", zh: "初始状态先验" },
      help: {
        en: "Counts added to each first state: a Dirichlet prior; 0: none.",
        zh: "加到每个初始状态上的计数（狄利克雷先验）；0 表示没有。",
      },
    },
    transitionPrior: {
      type: "number",
      default: 0.01,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Prior of transitions", zh: "转移先验" },
      help: {
        en: "Counts added to each transition that the topology allows: a Dirichlet prior; 0: none.",
        zh: "加到拓扑允许的每个转移上的计数（狄利克雷先验）；0 表示没有。",
      },
    },
    emissionPrior: {
      type: "number",
      default: 0.01,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Prior of emissions", zh: "发射先验" },
      help: {
        en: "Counts added to each category and mixture component of each state: a Dirichlet prior; 0: none.",
        zh: "加到每个状态的每个类别和混合成分上的计数（狄利克雷先验）；0 表示没有。",
      },
    },
    regularization: {
      type: "number",
      default: 0.01,
      minimum: 0,
      maximum: 1e6,
      title: { en: "Regularization", zh: "正则化" },
      help: {
        en: "Elements that the prior of a covariance or a rate is worth: the columns' own in the data; 0: none.",
        zh: "协方差或泊松率的先验相当于多少个元素（取自该列数据本身）；0 表示没有。",
      },
    },
    restarts: {
      type: "integer",
      default: 4,
      minimum: 1,
      maximum: 100,
      title: { en: "Restarts", zh: "重启次数" },
      help: {
        en: "Starts that are tried on the first sequences, of which the best is taken.",
        zh: "在前面的序列上尝试的起始次数，取最好的一次。",
      },
    },
    learnInitial: {
      type: "boolean",
      default: true,
      title: { en: "Learn first states", zh: "学习初始状态" },
      help: {
        en: "Whether the probabilities of first states are learned or stay as they are.",
        zh: "是否学习初始状态概率；否则保持不变。",
      },
    },
    learnTransitions: {
      type: "boolean",
      default: true,
      title: { en: "Learn transitions", zh: "学习转移" },
      help: {
        en: "Whether the probabilities of transitions are learned or stay as they are.",
        zh: "是否学习转移概率；否则保持不变。",
      },
    },
    learnEmissions: {
      type: "boolean",
      default: true,
      title: { en: "Learn emissions", zh: "学习发射" },
      help: {
        en: "Whether what the states emit is learned or stays as it is.",
        zh: "是否学习各状态的发射分布；否则保持不变。",
      },
    },
  },
  sampling: { length: ancestralOptions.length },
  budget: { steps: 100, batch: 4096 },
  presets: { small: { training: { restarts: 1 } } },
  references: [
    "A tutorial on hidden Markov models and selected applications in speech recognition, Rabiner, 1989",
    "A maximization technique occurring in the statistical analysis of probabilistic functions of Markov chains, Baum, Petrie, Soules & Weiss, 1970",
  ],
});
