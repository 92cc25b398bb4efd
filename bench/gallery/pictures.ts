/** A picture of the gallery: samples of a model that learned MNIST, and the commands that make them. */
export interface Picture {
  /** What it is called by, and its files. */
  readonly name: string;
  readonly title: string;
  /** Commands that train, each with its `--steps` and `--out`; the last one's model is drawn from. */
  readonly train: readonly string[];
  /** The command that draws, with its `-n` and `--out`. */
  readonly sample: string;
}

export const pictures: readonly Picture[] = [
  {
    name: "gmm",
    title: "Gaussian mixtures of 50 principal components, one for each class",
    train: ["gen train gmm --data 'mnist?pca=50' --set components=10 --steps 40 --out gmm.safetensors"],
    sample: "gen sample gmm.safetensors -n 100 --out gmm.png",
  },
  {
    name: "autoencoder",
    title: "Gaussian mixtures of an autoencoder's codes, one for each class",
    train: [
      "gen train autoencoder --data mnist --preset convolutional --set latent=16 --steps 4680 --out codec.safetensors",
      "gen train gmm --data mnist --over codec.safetensors --set components=20 --steps 40 --out autoencoder.safetensors",
    ],
    sample: "gen sample autoencoder.safetensors -n 100 --out autoencoder.png",
  },
  {
    name: "vae",
    title: "Variational auto-encoder, the means of its pixels",
    train: ["gen train vae --data mnist --steps 9360 --out vae.safetensors"],
    sample: "gen sample vae.safetensors -n 100 --set mean=true --out vae.png",
  },
  {
    name: "glow",
    title: "Glow, at temperature 0.8",
    train: ["gen train glow --data mnist --steps 5000 --out glow.safetensors"],
    sample: "gen sample glow.safetensors -n 100 --set temperature=0.8 --out glow.png",
  },
  {
    name: "realnvp",
    title: "RealNVP, at temperature 0.8",
    train: [
      "gen train realnvp --data mnist --set hidden=64 --batch 64 --steps 2000 --out realnvp.safetensors",
    ],
    sample: "gen sample realnvp.safetensors -n 100 --set temperature=0.8 --out realnvp.png",
  },
  {
    name: "dcgan",
    title: "Convolutional GAN with labels",
    train: ["gen train dcgan --data mnist --steps 9370 --out dcgan.safetensors"],
    sample: "gen sample dcgan.safetensors -n 100 --out dcgan.png",
  },
  {
    name: "diffusion",
    title: "Diffusion with labels, guidance 2, 20 steps",
    train: [
      "gen train diffusion --data mnist --set channels=16 --batch 64 --steps 4000 --out diffusion.safetensors",
    ],
    sample: "gen sample diffusion.safetensors -n 100 --set guidance=2 --set steps=20 --out diffusion.png",
  },
  {
    name: "pixelcnn",
    title: "Gated PixelCNN of black and white pixels",
    train: ["gen train pixelcnn --data 'mnist?binarise=threshold' --steps 1600 --out pixelcnn.safetensors"],
    sample: "gen sample pixelcnn.safetensors -n 100 --out pixelcnn.png",
  },
];
