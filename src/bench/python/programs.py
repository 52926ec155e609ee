"""What gpu.py and devices.py share: the plugin's TorchScript programs in PyTorch."""
import io
import pathlib
import zipfile

import torch

RESOURCES = pathlib.Path(__file__).parents[2] / "main/resources/io/github/deepimageprior"


def program(package, name):
    """Loads the archive that TorchScriptArchive writes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("program/data.pkl", b"\x80\x02c__torch__\n" + name.encode()
                      + b"\nq\x00)\x81}(X\x08\x00\x00\x00trainingq\x01\x88ubq\x02.")
        file.write(RESOURCES / package / (name.lower() + ".py"), "program/code/__torch__.py")
        file.write(RESOURCES / "engine/noise.py", "program/code/__torch__/noise.py")
        file.writestr("program/constants.pkl", b"\x80\x02).")
        file.writestr("program/version", "3\n")
    archive.seek(0)
    torch._C._set_graph_executor_optimize(False)
    return torch.jit.load(archive)
