"""Writes the files of pictures that the tests read.

usage: make_data.py FOLDER        needs: torch 2.7.1, numpy
"""
import os, sys, numpy as np, torch

folder = sys.argv[1]


def pictures(n):
    """n pictures of 3 x 4 x 5 whose value k is (7 k mod 256) / 255, counted through all of them."""
    return (torch.arange(n * 60) * 7 % 256).view(n, 3, 4, 5)


class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/this_must_not_exist",)


ims = (pictures(5).float() / 255).split(2)  # views: they share one storage, at increasing offsets
labels = torch.tensor([3, 0, 9, 1, 2]).split(2)
torch.save(list(ims), f"{folder}/new_ims")
torch.save(list(labels), f"{folder}/new_lab")
torch.save([t.clone() for t in ims], f"{folder}/old_ims", _use_new_zipfile_serialization=False)
torch.save([t.clone() for t in labels], f"{folder}/old_lab", _use_new_zipfile_serialization=False)
torch.save([pictures(1)[0].byte()], f"{folder}/bytes_ims")
torch.save([torch.tensor([7])], f"{folder}/bytes_lab")
torch.save([ims[0], Evil()], f"{folder}/evil_ims")
torch.save(list(labels), f"{folder}/evil_lab")
torch.save([Evil()], f"{folder}/evil_old_ims", _use_new_zipfile_serialization=False)
torch.save(list(labels), f"{folder}/evil_old_lab")
array = pictures(5).numpy().astype(np.uint8)
np.savez(f"{folder}/both.npz", pictures=array, labels=np.array([3, 0, 9, 1, 2]))
np.save(f"{folder}/last.npy", (array / 255).astype(np.float32).transpose(0, 2, 3, 1).copy())
np.save(f"{folder}/last_labels.npy", np.array([3, 0, 9, 1, 2], dtype=np.uint8))
np.save(f"{folder}/grey.npy", array[:, 0].astype(np.float64))
